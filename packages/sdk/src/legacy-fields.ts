import {
  type Change,
  changesOf,
  downgrade,
  type EndpointId,
  type JsonObject,
  type User,
} from '@ai-ticket-creator/domain'

// Accessors of an ambient class: TypeScript then leaves them out of `{ ...integration }`, as the run time does.

/** The old name of an integration's platform: to be read, but not in JSON, spreads and copies. */
export declare class LegacyPlatformFields {
  /** @deprecated Use `platform_name`. */
  get integration_type(): string
}

/** The old names of an integration's fields: to be read, but not in JSON, spreads and copies. */
export declare class LegacyIntegrationFields extends LegacyPlatformFields {
  /** @deprecated Use `enabled`. */
  get is_enabled(): boolean | undefined
  // One unmarked declaration takes the strike-through off all of them.
  /** @deprecated Use `enabled`. */
  set is_enabled(value: boolean)
}

/** A file as old ticket replies describe it; from a current backend only the id is known. */
export interface LegacyFile {
  readonly id: string
  readonly filename?: string
  readonly file_size?: number
  readonly file_type?: string
  readonly mime_type?: string
  readonly status?: string
  readonly created_at?: string
}

/** The old names of a ticket's fields: to be read, but not in JSON, spreads and copies. */
export declare class LegacyTicketFields {
  /** @deprecated Use `assigned_to_id`. From a current backend only the id is known. */
  get assignee(): ({ readonly id: string } & Partial<User>) | null | undefined
  /** @deprecated Use `attachments`. */
  get files(): readonly LegacyFile[] | null | undefined
  /** @deprecated Use `integration_result.external_ticket_id`. */
  get external_ticket_id(): string | null | undefined
  /** @deprecated Use `integration_result.external_ticket_url`. */
  get external_ticket_url(): string | null | undefined
}

/** What the new form has no place for: a person's name, a file's size. Only such values are kept. */
const originals = new WeakMap<object, JsonObject>()

const prototypes = new Map<string, object>()

/** Gives an entity of a reply its old names, or such that say what to use instead. */
export function withLegacyFields(
  endpointId: EndpointId,
  entity: object,
  original: JsonObject,
  readable: boolean,
): void {
  const changes = changesOf(endpointId, 'reply')
  const retired = changes.flatMap((change) => Object.keys(change.retired))
  if (retired.length === 0) return

  const rich = Object.entries(original).filter(([key, value]) => retired.includes(key) && typeof value === 'object')
  if (readable && rich.length > 0) originals.set(entity, Object.fromEntries(rich))

  const key = `${readable} ${retired.join()}`
  const prototype = prototypes.get(key) ?? createPrototype(endpointId, changes, readable)
  prototypes.set(key, prototype)
  Object.setPrototypeOf(entity, prototype)
}

function createPrototype(endpointId: EndpointId, changes: readonly Change[], readable: boolean): object {
  const accessors = changes.flatMap((change) =>
    Object.entries(change.retired).map(([field, { use }]) => [
      field,
      readable ? accessor(endpointId, field) : refusal(field, use),
    ]),
  )
  // Under `Object.prototype`, so that a result compares and prints like a plain object.
  return Object.create(Object.prototype, Object.fromEntries(accessors))
}

function accessor(endpointId: EndpointId, field: string): PropertyDescriptor {
  // Lists wrap their entities; the old form of one is that of the entity alone.
  const single = endpointId.startsWith('tickets.') ? 'tickets.retrieve' : 'integrations.retrieve'
  return {
    configurable: true,
    get(this: JsonObject) {
      const kept = originals.get(this)
      return kept !== undefined && field in kept ? kept[field] : downgrade(single, this, { part: 'reply' }).body[field]
    },
    // Old code sets the flag and sends the object back: it becomes a field like any other.
    set(this: object, value: unknown) {
      Object.defineProperty(this, field, { value, writable: true, enumerable: true, configurable: true })
    },
  }
}

function refusal(field: string, use: string): PropertyDescriptor {
  const refuse = (): never => {
    throw new TypeError(`\`${field}\` is retired; use \`${use}\``)
  }
  return { configurable: true, get: refuse, set: refuse }
}
