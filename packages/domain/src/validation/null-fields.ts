import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { type JsonObject, omit } from '../schema/json.ts'
import { acceptsNull, type JsonType } from '../schema/json-type.ts'
import type { RetiredName } from '../versioning/retired-names.ts'

/**
 * How `null` in a body is handled. On create, `sender` and `receiver` treat null as "not given". On update, `sender` keeps
 * null, because the backend decides; `receiver` decides as a backend of its generation does. `value`: null is an ordinary
 * value, as in the existing backend.
 */
export type NullHandling = 'sender' | 'receiver' | 'value'

/** The fields of a body after `dropNulls`. */
export interface WithoutNulls<Name extends RetiredName> {
  readonly fields: JsonObject
  /** The retired names among the fields that were dropped. */
  readonly dropped: readonly Name[]
  /** The fields that were dropped although the caller may have wanted to clear them. */
  readonly ignored: readonly string[]
}

interface NullOptions<Name extends RetiredName> {
  readonly handling: NullHandling
  /** The retired names that the receiver accepts; undefined in the current generation. */
  readonly retired: readonly Name[] | undefined
}

const creates: readonly EndpointId[] = ['integrations.create', 'tickets.create', 'tickets.createWithAi']

/** Drops the nulls that mean "not given", and the nulls that a backend of the generation ignores. */
export function dropNulls<Name extends RetiredName>(
  endpointId: EndpointId,
  raw: JsonObject,
  { handling, retired }: NullOptions<Name>,
): WithoutNulls<Name> {
  const nulls = Object.keys(raw).filter((key) => raw[key] === null)
  if (nulls.length === 0 || handling === 'value') return { fields: raw, dropped: [], ignored: [] }

  const isCreate = creates.includes(endpointId)
  const isRetired = (key: string): boolean => retired?.some(({ field }) => field === key) ?? false
  const names = nulls.filter((key) =>
    isCreate
      ? fieldsOfBody(endpointId).has(key) || isRetired(key)
      : handling === 'receiver' && retired !== undefined && isLeftAlone(endpointId, key, isRetired(key)),
  )
  return {
    fields: omit(raw, names),
    dropped: retired?.filter(({ field }) => names.includes(field)) ?? [],
    ignored: isCreate ? [] : names,
  }
}

/** Whether a legacy or transitional backend ignores a null on update. */
function isLeftAlone(endpointId: EndpointId, key: string, isRetired: boolean): boolean {
  const type = fieldsOfBody(endpointId).get(key)
  if (endpointId === 'tickets.replace') return type !== undefined || isRetired
  if (endpointId !== 'integrations.update') return false

  const { readOnly = [] } = compiledEndpoint(endpointId)
  return type === undefined ? isRetired || readOnly.includes(key) : !acceptsNull(type)
}

/** A map, because a body can have keys such as `constructor`, which every object inherits. */
const fieldsOfBody = (endpointId: EndpointId): ReadonlyMap<string, JsonType> =>
  new Map(Object.entries(compiledEndpoint(endpointId).body?.fields ?? {}))
