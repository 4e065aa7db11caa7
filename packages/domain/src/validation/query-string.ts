import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { fromEntries, type JsonObject } from '../schema/json.ts'
import { type JsonType, unwrapped } from '../schema/json-type.ts'

/**
 * Fields from name and value pairs. If a name is repeated, a list field gets all values and any other field the last value.
 * Strings are converted to the types of the fields. A string that does not fit stays a string, so that the schema reports it.
 */
export function decodeQuery(
  endpointId: EndpointId,
  pairs: Iterable<readonly [string, string]>,
  retiredTypes?: ReadonlyMap<string, JsonType>,
): JsonObject {
  const types = compiledEndpoint(endpointId).query?.fields ?? {}
  const typeOf = (name: string): JsonType | undefined =>
    Object.hasOwn(types, name) ? types[name] : retiredTypes?.get(name)
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value])

  return fromEntries(
    [...groups].map(([name, values]) => {
      const type = typeOf(name)
      return [name, kindOf(type) === 'list' ? values : decode(type, values.at(-1))]
    }),
  )
}

/** Name and value pairs from fields. `undefined` and `null` are left out; a list repeats its name. */
export function encodeQuery(fields: object): readonly (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    // The fields of a query are strings, numbers and booleans, or lists of them.
    const values = (Array.isArray(value) ? value : [value]) as readonly (string | number | boolean | null | undefined)[]
    return values.flatMap((item) => (item === undefined || item === null ? [] : [[name, String(item)] as const]))
  })
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
