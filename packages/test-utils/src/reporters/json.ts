/** Indented JSON. `##[` is escaped, because it starts a command of GitHub Actions. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`
