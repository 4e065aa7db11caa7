/** Milliseconds since 1970 of a time on the wire. A time without a zone is UTC; a text that is no time is NaN. */
export const parseTimestamp = (text: string): number =>
  Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
