/** A time in wire format: ISO 8601 with microseconds and `Z` (existing backend: ids and times). */
export const toTimestamp = (moment: Date): string => moment.toISOString().replace('Z', '000Z')

/** Milliseconds of a time in a request. Without an offset it is UTC, not local time. */
export const parseTimestamp = (time: string): number =>
  Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`)
