/** Parses a time of the wire format to milliseconds since 1970. A time without a zone is UTC; NaN if the text is not a time. */
export const parseTimestamp = (text: string): number =>
  Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
