// Checked here because the platform's own error would quote the value, which may be a secret.

/** Whether a value is a non-empty text that a header can carry. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

export const isHeaderName = (name: string): boolean => /^[!#$%&'*+\-.^_`|~\w]+$/.test(name)
