/** Milliseconds since 1970 of a time on the wire; one without a zone is UTC. */
export const timeOf = (text: string): number => Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
