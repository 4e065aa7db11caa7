/** Names as messages say them. */

export const inWords = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(', ')
