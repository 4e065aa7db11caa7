/** What a report can be written as. */
export const FORMATS = ['pretty', 'json', 'junit', 'sarif', 'github', 'markdown'] as const

export type FormatName = (typeof FORMATS)[number]
