import { isUuid } from '../text/uuid.ts'

/** A rule for the values of one kind. */
export interface Limit<V = unknown> {
  /** The type of the issue for a value that breaks the rule. */
  readonly type: string
  /** The rule in messages, such as `must not be blank`. */
  readonly rule: string
  readonly allows: (value: V) => boolean
}

/** Limits in code points after trimming, as the existing backend counts. A minimum of 1 means: not blank. */
export const textLimits = (min: number, max: number): readonly Limit<string>[] => [
  ...(min > 0
    ? [{ type: 'string_too_short', rule: 'must not be blank', allows: (text: string) => text.trim() !== '' }]
    : []),
  ...(Number.isFinite(max) ? [atMost(max)] : []),
]

const atMost = (max: number): Limit<string> => ({
  type: 'string_too_long',
  rule: `must have at most ${max} characters`,
  // There are never more code points than code units, so most values need no count.
  allows: (text) => text.trim().length <= max || [...text.trim()].length <= max,
})

/** The maximum length of a URL, in characters. */
export const MAX_URL = 500

export const urlLimits: readonly Limit<string>[] = [
  {
    type: 'url_scheme',
    rule: 'must start with http:// or https://',
    allows: (text) => /^https?:\/\//i.test(text.trim()),
  },
  { type: 'url_space', rule: 'must not contain spaces', allows: (text) => !/\s/.test(text.trim()) },
  {
    type: 'url_userinfo',
    rule: 'must not contain a user or a password, because replies show it; send `credentials`',
    allows: (text) => !/^https?:\/\/[^/?#]*@/i.test(text.trim()),
  },
  {
    type: 'url_host',
    rule: 'must have a host after http:// or https://',
    allows: (text) => !/^https?:\/\/(?:[:/?#]|$)/i.test(text.trim()),
  },
  atMost(MAX_URL),
]

export const uuidLimits: readonly Limit<string>[] = [
  { type: 'uuid_parsing', rule: 'must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4', allows: isUuid },
]

const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d'
// A time with a zone must have seconds.
const DATETIME = new RegExp(
  `^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T${CLOCK}(?::[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${CLOCK})?)?$`,
)

export const datetimeLimits: readonly Limit<string>[] = [
  {
    type: 'datetime_parsing',
    rule: 'must be a time in ISO 8601, such as 2025-09-06T12:00:00Z',
    allows: (text) => DATETIME.test(text) && isDayOfMonth(text),
  },
]

function isDayOfMonth(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  // Day 0 of the next month is the last day of this one. `Date` reads the years 0 to 99 as 1900 to 1999, so 400 years are
  // added: then the calendar repeats.
  return day <= new Date(Date.UTC(year + 400, month, 0)).getUTCDate()
}

/** Integers must be safe and within the limits of the field. For each end, the safe limit is checked first. */
export const integerLimits = (min: number, max: number): readonly Limit<number>[] =>
  [Number.MIN_SAFE_INTEGER, min].map(atLeastNumber).concat([Number.MAX_SAFE_INTEGER, max].map(atMostNumber))

const atLeastNumber = (min: number): Limit<number> => ({
  type: 'greater_than_equal',
  rule: `must be at least ${min}`,
  allows: (value) => value >= min,
})

const atMostNumber = (max: number): Limit<number> => ({
  type: 'less_than_equal',
  rule: `must be at most ${max}`,
  allows: (value) => value <= max,
})

export const listLimits = (min: number): readonly Limit<readonly unknown[]>[] =>
  min > 0 ? [{ type: 'too_short', rule: `must have at least ${min} item`, allows: (list) => list.length >= min }] : []
