import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { fromEntries, type JsonObject } from '../schema/json.ts'
import { type JsonType, unwrapped } from '../schema/json-type.ts'
import { changesAccepting } from '../versioning/changes/index.ts'

/** Fields from name and value pairs. A repeated name is a list if the field is one; otherwise its last value counts. */
export function groupQuery(endpointId: EndpointId, pairs: Iterable<readonly [string, string]>): JsonObject {
  const shape = queryShape(endpointId)
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value])

  return fromEntries(
    [...groups].map(([name, values]) => [name, kindOf(shape.get(name)) === 'list' ? values : values.at(-1)]),
  )
}

/** Converts strings to the types of the fields. What does not fit stays a string, so that the schema reports it. */
export function decodeQuery(endpointId: EndpointId, fields: JsonObject): JsonObject {
  const shape = queryShape(endpointId)
  return fromEntries(Object.entries(fields).map(([name, value]) => [name, decode(shape.get(name), value)]))
}

/** Name and value pairs from fields. `undefined` and `null` are left out; a list repeats its name. */
export function encodeQuery(fields: object): readonly (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    // The fields of a query are strings, numbers and booleans, or lists of them.
    const values = (Array.isArray(value) ? value : [value]) as readonly (string | number | boolean | null | undefined)[]
    return values.flatMap((item) => (item === undefined || item === null ? [] : [[name, String(item)] as const]))
  })
}

const shapes = /* @__PURE__ */ new Map<EndpointId, ReadonlyMap<string, JsonType>>()

function queryShape(endpointId: EndpointId): ReadonlyMap<string, JsonType> {
  const shape = shapes.get(endpointId) ?? readQueryShape(endpointId)
  shapes.set(endpointId, shape)
  return shape
}

// Retired names included: `is_enabled=1` means `enabled=true`.
function readQueryShape(endpointId: EndpointId): ReadonlyMap<string, JsonType> {
  const { query } = compiledEndpoint(endpointId)
  const retired = changesAccepting(endpointId, 'query').flatMap((change) => Object.entries(change.retired))
  return new Map<string, JsonType>([
    ...retired.map(([name, { type }]) => [name, type] as const),
    ...Object.entries(query?.fields ?? {}),
  ])
}

const kindOf = (type: JsonType | undefined): JsonType['kind'] | undefined =>
  type === undefined ? undefined : unwrapped(type).kind

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])

function decode(type: JsonType | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value
  const kind = kindOf(type)
  if (kind === 'boolean') return booleans.get(value.trim().toLowerCase()) ?? value
  if (kind === 'integer' || kind === 'number') return /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value
  return value
}
