// Existing backends search with LIKE, where % and _ are wildcards and \ escapes them (existing backend: list integrations).

/** Whether a backend may read a text as a pattern. */
export const hasWildcards = (text: unknown): boolean => typeof text === 'string' && /[%_\\]/.test(text)

/** The longest piece between separators. */
export const longestPart = (text: string, separators: RegExp): string =>
  text
    .split(separators)
    .map((part) => part.trim())
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
