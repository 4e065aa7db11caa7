/** A point in time as the wire shows it: ISO 8601 with microseconds and `Z` (CONTRACT §0). */
export const toWire = (moment: Date): string => moment.toISOString().replace('Z', '000Z')

/** Milliseconds of a time in a request. Without an offset it is UTC, not the machine's. */
export const utc = (time: string): number => Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`)
