/** Indented JSON. `##[` is escaped, because a runner of GitHub Actions takes it for a command. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`
