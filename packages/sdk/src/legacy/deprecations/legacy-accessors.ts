import { changesOf, downgrade, type EndpointId, type JsonObject, type User } from '@ai-ticket-creator/domain'
import { entitiesIn, entityClasses, entityType, mapEntities } from '@ai-ticket-creator/domain/internal'
import { outputOnly } from '../../core/json-value.ts'
import type { LegacyContext } from '../legacy-context.ts'
import type { Callee, DeprecatedInput } from './uses.ts'

// Declared classes: TypeScript leaves accessors of a class out of `{ ...integration }`, as the run time does.

/** The old name of an integration's platform. It can be read, but is not in JSON, spreads and copies. */
export declare class LegacyPlatformFields {
  /** @deprecated Use `platform_name`. */
  get integration_type(): string
}

/** The old names of an integration's fields. They can be read, but are not in JSON, spreads and copies. */
export declare class LegacyIntegrationFields extends LegacyPlatformFields {
  /** @deprecated Use `enabled`. */
  get is_enabled(): boolean | undefined
  // An accessor is shown as deprecated only if its getter and its setter are both marked.
  /** @deprecated Use `enabled`. */
  set is_enabled(value: boolean)
}

/** A file as old ticket replies describe it. For a current backend, only the id is known. */
export interface LegacyFile {
  readonly id: string
  readonly filename?: string
  readonly file_size?: number
  readonly file_type?: string
  readonly mime_type?: string
  readonly status?: string
  readonly created_at?: string
}

/** The old names of a ticket's fields. They can be read, but are not in JSON, spreads and copies. */
export declare class LegacyTicketFields {
  /** @deprecated Use `assigned_to_id`. For a current backend, only the id is known. */
  get assignee(): ({ readonly id: string } & Partial<User>) | null | undefined
  /** @deprecated Use `attachments`. */
  get files(): readonly LegacyFile[] | null | undefined
  /** @deprecated Use `integration_result.external_ticket_id`. */
  get external_ticket_id(): string | null | undefined
  /** @deprecated Use `integration_result.external_ticket_url`. */
  get external_ticket_url(): string | null | undefined
}

/** Original values that the current form has no field for, such as a person's name or a file's size. */
const originals = new WeakMap<object, JsonObject>()

/** Adds accessors for old names to an entity. Returns the same object or a copy. */
type Present = (entity: JsonObject) => JsonObject

/** One function per client and endpoint, because each client counts the uses in its own ledger. */
const presenters = new WeakMap<LegacyContext['settings'], Map<EndpointId, Present>>()

/** The data with accessors for the old names of its entities. With `legacyFields: false`, the accessors throw. */
export function withLegacyFields(legacy: LegacyContext, endpointId: EndpointId, data: unknown, body: unknown): unknown {
  const retired = changesOf(endpointId, 'reply').flatMap((change) => Object.keys(change.retired))
  if (retired.length === 0) return data

  const { settings } = legacy
  const byEndpoint = presenters.get(settings) ?? new Map<EndpointId, Present>()
  presenters.set(settings, byEndpoint)
  const present = byEndpoint.get(endpointId) ?? createPresenter(legacy, endpointId)
  byEndpoint.set(endpointId, present)

  const replied = entitiesIn(endpointId, body) ?? []
  let index = 0
  return mapEntities(endpointId, data, (entity) => {
    const presented = present(entity)
    const original = replied[index]
    index += 1
    // If both are the same object, nothing in it was renamed.
    if (original !== undefined && original !== entity && settings.legacyFields)
      keepOriginals(presented, original, retired)
    return presented
  })
}

function keepOriginals(entity: JsonObject, original: JsonObject, retired: readonly string[]): void {
  const detailed = retired.filter((key) => Object.hasOwn(original, key) && typeof original[key] === 'object')
  if (detailed.length > 0) originals.set(entity, Object.fromEntries(detailed.map((key) => [key, original[key]])))
}

function createPresenter(legacy: LegacyContext, endpointId: EndpointId): Present {
  const type = entityType(endpointId)
  const EntityClass = type && entityClasses.get(type)?.()
  const prototype: object = EntityClass?.prototype ?? {}
  addAccessors(prototype, legacy, endpointId)
  const setPrototype: Present = (entity) => Object.setPrototypeOf(entity, prototype)
  if (EntityClass === undefined || type?.kind !== 'object') return setPrototype

  const count = Object.keys(type.fields).length
  return (entity) => {
    if (Object.keys(entity).length !== count) return setPrototype(entity)
    const copy = new EntityClass(entity) as JsonObject
    // A field of the contract is missing, so the entity has an unknown field instead, which the copy lacks.
    for (const field in copy) if (copy[field] === undefined) return setPrototype(entity)
    return copy
  }
}

function addAccessors(prototype: object, legacy: LegacyContext, endpointId: EndpointId): void {
  const oldNames = changesOf(endpointId, 'reply').flatMap((change) =>
    Object.entries(change.retired).map(
      ([field, { replacement }]): OldName => ({ operation: endpointId, field, replacement, change: change.id }),
    ),
  )
  const accessors = oldNames.map((oldName) => [oldName.field, createAccessor(legacy, oldName)])
  Object.defineProperties(prototype, Object.fromEntries(accessors))
  // Without `constructor`, a result compares and prints like a plain object.
  Reflect.deleteProperty(prototype, 'constructor')
  owners.set(prototype, { legacy, oldNames })
  if (legacy.settings.legacyJson) Object.defineProperty(prototype, 'toJSON', { value: toJSON, configurable: true })
}

interface Owner {
  readonly legacy: LegacyContext
  readonly oldNames: readonly OldName[]
}

/** The client and the old names that the accessors of a prototype are for. */
const owners = new WeakMap<object, Owner>()

/**
 * A copy of a result that has the old names as ordinary fields, beside the new ones: for JSON, spreads and copies that are
 * passed on to code with the old names. Takes a result, a list of results, or a page. Each use is counted in the ledger.
 *
 * ```ts
 * queue.send(JSON.stringify(toLegacy(await client.integrations.retrieve(id))))
 * ```
 *
 * @throws TypeError for a result of a client with `legacyFields: false`.
 */
export function toLegacy<T extends object>(result: T): T {
  return withOldNames(result, toLegacy) as T
}

function toJSON(this: object): unknown {
  return withOldNames(this, toJSON)
}
outputOnly.add(toJSON)

function withOldNames(result: object, callee: Callee): unknown {
  if (Array.isArray(result)) return result.map((one: object) => withOldNames(one, callee))

  const owner = owners.get(Object.getPrototypeOf(result) ?? {})
  if (owner !== undefined) return { ...result, ...oldValuesOf(result, owner, callee) }
  // A page of a list, and a drafted ticket beside its analysis.
  const inner = ['items', 'ticket'].flatMap((name) => {
    const value: unknown = Reflect.get(result, name)
    return typeof value === 'object' && value !== null ? [[name, withOldNames(value, callee)]] : []
  })
  return inner.length === 0 ? result : { ...result, ...Object.fromEntries(inner) }
}

function oldValuesOf(result: object, { legacy: { settings, ledger }, oldNames }: Owner, callee: Callee): JsonObject {
  if (!settings.legacyFields) throw new TypeError('a client with `legacyFields: false` has no old names')
  for (const oldName of oldNames) ledger.note({ kind: 'read', ...oldName }, settings.onDeprecation, callee)
  const values = oldNames.map((oldName) => [oldName.field, oldValueOf({ ...result }, oldName, result)])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

interface OldName extends Omit<DeprecatedInput, 'kind'> {
  readonly operation: EndpointId
}

function createAccessor({ settings, ledger }: LegacyContext, oldName: OldName): PropertyDescriptor {
  const { onDeprecation, legacyFields } = settings
  const { field, replacement } = oldName
  const assertAllowed = (): void => {
    if (!legacyFields) throw new TypeError(`\`${field}\` is retired; use \`${replacement}\``)
  }

  const read: DeprecatedInput = { kind: 'read', ...oldName }
  const written: DeprecatedInput = { kind: 'write', ...oldName }

  function get(this: JsonObject): unknown {
    ledger.note(read, onDeprecation, get)
    assertAllowed()
    return oldValueOf(this, oldName)
  }
  function set(this: object, value: unknown): void {
    ledger.note(written, onDeprecation, set)
    assertAllowed()
    // Old code sets the field and sends the object back, so the field must be an ordinary one.
    Object.defineProperty(this, field, { value, writable: true, enumerable: true, configurable: true })
  }
  return { configurable: true, get, set }
}

function oldValueOf(entity: JsonObject, { operation, field }: OldName, owner: object = entity): unknown {
  const original = originals.get(owner)
  if (original !== undefined && field in original) return original[field]

  // An item of a list is converted like a retrieved one.
  const single = operation.startsWith('tickets.') ? 'tickets.retrieve' : 'integrations.retrieve'
  return downgrade(single, entity, { part: 'reply' }).body[field]
}
