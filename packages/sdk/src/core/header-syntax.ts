// Headers are checked here because the platform's own error would quote the value, which may be a secret.

/** Whether a value is a non-empty text that a header can carry. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

export const isHeaderName = (name: string): boolean => /^[!#$%&'*+\-.^_`|~\w]+$/.test(name)

/** Headers by their names in lower case. Of names that differ in case only, the last one counts. */
export const inLowerCase = <T>(headers: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
