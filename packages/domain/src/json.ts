/** An object as JSON.parse makes it. Read its keys as own keys only. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own value of a key: `__proto__`, `constructor` and `toString` are keys like any other. */
export const own = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

/** The own, defined keys of a list that are present; an own `undefined` does not reach the wire, so it is absent. */
export const has = (object: JsonObject, key: string): boolean => own(object, key) !== undefined

/** Entries to object; unlike assignment it keeps an own `__proto__`. */
export const fromEntries = (entries: Iterable<readonly [string, unknown]>): JsonObject => Object.fromEntries(entries)

/** The object without some keys, order kept. */
export const omit = (object: JsonObject, keys: readonly string[]): JsonObject =>
  fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))

/** The object with only some keys, order kept. */
export const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
  fromEntries(Object.entries(object).filter(([key, value]) => keys.includes(key) && value !== undefined))

/** Whether two JSON values are the same, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (!isJsonObject(a) || !isJsonObject(b)) return false

  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}
