const UTC_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/

/** Whether a text is a time in UTC, in ISO 8601: with up to nine decimals, and with `Z` or `+00:00`. */
export const isUtcTime = (text: string): boolean => UTC_TIME.test(text)

/** Writes a time in UTC in one form, so that times can be compared as texts. Other values stay as they are. */
export function normalizeTime(value: unknown): unknown {
  const [, seconds, fraction = ''] = typeof value === 'string' ? (UTC_TIME.exec(value) ?? []) : []
  return seconds === undefined ? value : `${seconds}.${fraction.padEnd(9, '0')}Z`
}
