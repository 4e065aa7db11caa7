/** Formats field names for a message. */
export const formatFields = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(', ')
