/** A time in wire format: ISO 8601 with microseconds and `Z` (existing backend: ids and times). */
export const toTimestamp = (moment: Date): string => moment.toISOString().replace('Z', '000Z')
