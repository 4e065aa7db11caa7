/** The formats of a report. */
export const FORMATS = ['pretty', 'json', 'junit', 'sarif', 'github', 'markdown'] as const

export type FormatName = (typeof FORMATS)[number]
