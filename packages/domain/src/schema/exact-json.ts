// A JavaScript number holds about 16 digits, but a JSON number may have more. A number that JavaScript would change becomes
// raw JSON, which `JSON.stringify` writes unchanged: https://tc39.es/proposal-json-parse-with-source/. The types below are
// written by hand, because this version of TypeScript does not have them.

/** A JSON value as its text, made by `JSON.rawJSON`. */
export interface RawJson {
  readonly rawJSON: string
}

interface ExactJson {
  readonly rawJSON?: (text: string) => RawJson
  readonly isRawJSON?: (value: unknown) => boolean
}

/** Whether a value was made by `JSON.rawJSON`. */
export const isRawJson = (value: unknown): value is RawJson => (JSON as ExactJson).isRawJSON?.(value) === true

/**
 * Like `JSON.parse`, but a number that JavaScript would change becomes raw JSON. A runtime without `JSON.rawJSON` rounds the
 * number. `json`: the result of `JSON.parse(text)`, if the caller already has it.
 */
export function parseExactJson(text: string, json: unknown = JSON.parse(text)): unknown {
  const { rawJSON } = JSON as ExactJson
  if (rawJSON === undefined || !MAY_CHANGE.test(text)) return json

  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && isChanged(context.source)
      ? rawJSON(context.source)
      : value,
  )
}

// A cheap first test. Numbers that may change have at least 16 digits, an exponent or a negative zero. Few texts have any.
const MAY_CHANGE = /\d[\d.]{15}|\d[eE]|-0/

// JavaScript writes large integers with an exponent, and other languages read those as fractions.
const isChanged = (text: string): boolean => isRounded(text) || (/^-?\d+$/.test(text) && String(Number(text)) !== text)

/** Whether a JSON number loses digits as a JavaScript number. */
export const isRounded = (text: string): boolean => digitsOf(text) !== digitsOf(String(Number(text)))

/** A number as its significant digits and an exponent. Equal numbers have equal results. */
function digitsOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length)
  return significant === '' ? '0' : `${sign}${significant}e${scale}`
}
