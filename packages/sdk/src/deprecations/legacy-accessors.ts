import { changesOf, downgrade, type EndpointId, type JsonObject, type User } from '@ai-ticket-creator/domain'
import type { Settings } from '../core/options.ts'
import type { OldWord } from './ledger.ts'

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

/** By client, since each counts for itself, and by the endpoint that answered. */
const prototypes = new WeakMap<Settings, Map<EndpointId, object>>()

/** Gives the entities of a reply their old names, or such that say what to use instead. */
export function withLegacyFields(
  settings: Settings,
  endpointId: EndpointId,
  entities: readonly object[],
  replied: readonly JsonObject[],
): void {
  const retired = changesOf(endpointId, 'reply').flatMap((change) => Object.keys(change.retired))
  if (retired.length === 0) return

  const known = prototypes.get(settings) ?? new Map<EndpointId, object>()
  prototypes.set(settings, known)
  const prototype = known.get(endpointId) ?? createPrototype(settings, endpointId)
  known.set(endpointId, prototype)

  for (const [index, entity] of entities.entries()) {
    Object.setPrototypeOf(entity, prototype)
    const original = replied[index]
    // The same object: it had no old names, or still has them.
    if (original === undefined || original === entity) continue
    const rich = retired.filter((key) => Object.hasOwn(original, key) && typeof original[key] === 'object')
    if (settings.legacyFields && rich.length > 0)
      originals.set(entity, Object.fromEntries(rich.map((key) => [key, original[key]])))
  }
}

function createPrototype(settings: Settings, endpointId: EndpointId): object {
  const accessors = changesOf(endpointId, 'reply').flatMap((change) =>
    Object.entries(change.retired).map(([field, { use }]) => {
      const word = { operation: endpointId, field, replacement: use, change: change.id }
      return [field, accessor(settings, word)]
    }),
  )
  // Under `Object.prototype`, so that a result compares and prints like a plain object.
  return Object.create(Object.prototype, Object.fromEntries(accessors))
}

interface Word extends Omit<OldWord, 'kind'> {
  readonly operation: EndpointId
}

function accessor({ ledger, onDeprecation, legacyFields }: Settings, word: Word): PropertyDescriptor {
  const { field, replacement } = word
  const refuseUnless = (readable: boolean): void => {
    if (!readable) throw new TypeError(`\`${field}\` is retired; use \`${replacement}\``)
  }

  const read: OldWord = { kind: 'read', ...word }
  const written: OldWord = { kind: 'write', ...word }

  function get(this: JsonObject): unknown {
    ledger.note(read, onDeprecation, get)
    refuseUnless(legacyFields)
    return oldValueOf(this, word)
  }
  function set(this: object, value: unknown): void {
    ledger.note(written, onDeprecation, set)
    refuseUnless(legacyFields)
    // Old code sets the flag and sends the object back: it becomes a field like any other.
    Object.defineProperty(this, field, { value, writable: true, enumerable: true, configurable: true })
  }
  return { configurable: true, get, set }
}

function oldValueOf(entity: JsonObject, { operation, field }: Word): unknown {
  const kept = originals.get(entity)
  if (kept !== undefined && field in kept) return kept[field]

  // Lists wrap their entities; the old form of one is that of the entity alone.
  const single = operation.startsWith('tickets.') ? 'tickets.retrieve' : 'integrations.retrieve'
  return downgrade(single, entity, { part: 'reply' }).body[field]
}
