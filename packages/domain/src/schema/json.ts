/** An object as `JSON.parse` returns it. Read own keys only. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own value of a key. `__proto__`, `constructor` and `toString` are keys like any other. */
export const ownValue = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** Whether a key is present. An own `undefined` counts as absent, because it does not reach the wire. */
export const has = (object: JsonObject, key: string): boolean => ownValue(object, key) !== undefined

/** An object from entries. Unlike assignment, `Object.fromEntries` keeps an own `__proto__`. */
export const fromEntries = (entries: Iterable<readonly [string, unknown]>): JsonObject => Object.fromEntries(entries)

/** The object without some keys, order kept. */
export const omit = (object: JsonObject, keys: readonly string[]): JsonObject =>
  keys.length === 0 ? object : fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))

/** The object with only some keys, order kept. A key with the value `undefined` is dropped. */
export const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
  fromEntries(Object.entries(object).filter(([key, value]) => keys.includes(key) && value !== undefined))

/** Whether two JSON values are equal, in any order of keys. Without recursion, because input may nest deeply. */
export function sameJson(one: unknown, other: unknown): boolean {
  const pairs: [unknown, unknown][] = [[one, other]]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair
    if (Object.is(a, b)) continue

    const inner = innerPairs(a, b)
    if (inner === undefined) return false
    for (const next of inner) pairs.push(next)
  }
  return true
}

/** The pairs of inner values to compare; undefined if the two values differ already. */
function innerPairs(a: unknown, b: unknown): [unknown, unknown][] | undefined {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length ? a.map((item, index) => [item, b[index]]) : undefined
  if (!isJsonObject(a) || !isJsonObject(b)) return undefined

  const keys = Object.keys(a)
  const same = keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key))
  return same ? keys.map((key) => [a[key], b[key]]) : undefined
}
