// JavaScript numbers hold about 16 digits, JSON numbers any. A number that would be changed is kept as its text, in the form
// that `JSON.stringify` writes as it is: https://tc39.es/proposal-json-parse-with-source/, newer than the types of this version.

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
 * As `JSON.parse`, but a number that JavaScript cannot hold becomes raw JSON, which `JSON.stringify` writes as it came. A
 * runtime without `JSON.rawJSON` rounds it. `json`: the parsed text, if the caller has it.
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

// Cheap, because almost no text has such a number: 16 digits, an exponent, or a negative zero.
const MAY_CHANGE = /\d[\d.]{15}|\d[eE]|-0/

// An integer that JavaScript writes with an exponent would be read as a fraction elsewhere.
const isChanged = (text: string): boolean => isRounded(text) || (/^-?\d+$/.test(text) && String(Number(text)) !== text)

/** Whether a JSON number loses digits as a JavaScript number. */
export const isRounded = (text: string): boolean => digitsOf(text) !== digitsOf(String(Number(text)))

/** The digits and the exponent of a number, in one spelling. */
function digitsOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length)
  return significant === '' ? '0' : `${sign}${significant}e${scale}`
}
