import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { type JsonObject, omit } from '../schema/json.ts'
import { acceptsNull, type JsonType } from '../schema/json-type.ts'
import type { DeprecatedUse } from '../versioning/changes/change.ts'
import { changesAccepting } from '../versioning/changes/index.ts'

/**
 * How `null` in a body is handled. On create, `sender` and `receiver` treat it as "not given". On update, `sender` keeps
 * it, because the backend decides; `receiver` decides as a backend of its generation does. `value`: null is an ordinary
 * value, as in the existing backend.
 */
export type NullHandling = 'sender' | 'receiver' | 'value'

export interface WithoutNulls {
  readonly fields: JsonObject
  /** The retired names among the fields that were dropped. */
  readonly used: readonly DeprecatedUse[]
  /** The fields that were dropped although the caller may have wanted to clear them. */
  readonly ignored: readonly string[]
}

const creates: readonly EndpointId[] = ['integrations.create', 'tickets.create', 'tickets.createWithAi']

/** Drops the nulls that mean "not given", and those that a backend of the generation leaves alone. */
export function dropNulls(
  endpointId: EndpointId,
  raw: JsonObject,
  { handling, parsedAs }: { readonly handling: NullHandling; readonly parsedAs: Generation },
): WithoutNulls {
  const nulls = Object.keys(raw).filter((key) => Object.hasOwn(raw, key) && raw[key] === null)
  if (nulls.length === 0 || handling === 'value') return { fields: raw, used: [], ignored: [] }

  const isCreate = creates.includes(endpointId)
  const dropped = nulls.filter((key) =>
    isCreate
      ? isKnown(endpointId, key, parsedAs)
      : handling === 'receiver' && parsedAs !== 'current' && isLeftAlone(endpointId, key),
  )
  return { fields: omit(raw, dropped), used: retiredUses(endpointId, dropped), ignored: isCreate ? [] : dropped }
}

function isKnown(endpointId: EndpointId, key: string, parsedAs: Generation): boolean {
  return fieldsOfBody(endpointId).has(key) || (parsedAs !== 'current' && isRetired(endpointId, key))
}

/** Whether a legacy or transitional backend ignores a null on update. */
function isLeftAlone(endpointId: EndpointId, key: string): boolean {
  if (endpointId === 'tickets.replace') return isKnown(endpointId, key, 'transitional')
  if (endpointId !== 'integrations.update') return false

  const type = fieldsOfBody(endpointId).get(key)
  const { readOnly = [] } = compiledEndpoint(endpointId)
  return type === undefined ? isRetired(endpointId, key) || readOnly.includes(key) : !acceptsNull(type)
}

/** A map, because a body can have keys that every object inherits. */
const fieldsOfBody = (endpointId: EndpointId): ReadonlyMap<string, JsonType> =>
  new Map(Object.entries(compiledEndpoint(endpointId).body?.fields ?? {}))

const isRetired = (endpointId: EndpointId, key: string): boolean =>
  changesAccepting(endpointId, 'body').some(({ retired }) => Object.hasOwn(retired, key))

const retiredUses = (endpointId: EndpointId, fields: readonly string[]): readonly DeprecatedUse[] =>
  changesAccepting(endpointId, 'body').flatMap(({ id, retired }) =>
    fields.flatMap((field) =>
      Object.hasOwn(retired, field) ? [{ field, replacement: retired[field]?.replacement ?? '', change: id }] : [],
    ),
  )
