// Sizes that an environment variable sets. Without the variable, each function returns `fallback`; it throws a RangeError for
// a text that is no valid size.

/** The size of a test: a whole number from 1. */
export const readSize = (name: string, fallback: number): number => readNumber(name, fallback, 1)

/** The seed of a test: a whole number from 0. */
export const readSeed = (name: string, fallback: number): number => readNumber(name, fallback, 0)

/** The share of a sample: a number above 0, at most 1. */
export function readShare(name: string, fallback: number): number {
  const text = process.env[name]
  if (text === undefined) return fallback
  if (/^(?:0?\.\d{1,15}|1)$/.test(text) && Number(text) > 0) return Number(text)
  throw new RangeError(`${name} must be a number above 0 and at most 1, not ${JSON.stringify(text)}`)
}

/** `Number` alone would turn a typing error into NaN, and a test of NaN cases runs nothing and passes. */
function readNumber(name: string, fallback: number, min: number): number {
  const text = process.env[name]
  if (text === undefined) return fallback
  if (/^\d{1,15}$/.test(text) && Number(text) >= min) return Number(text)
  throw new RangeError(`${name} must be a whole number from ${min}, not ${JSON.stringify(text)}`)
}
