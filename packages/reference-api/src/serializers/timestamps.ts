/** A point in time as the wire shows it: ISO 8601 with microseconds and `Z` (CONTRACT §0). */
export const toTimestamp = (moment: Date): string => moment.toISOString().replace('Z', '000Z')
