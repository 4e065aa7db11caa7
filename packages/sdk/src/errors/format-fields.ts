/** Names as messages say them. */

export const formatFields = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(', ')
