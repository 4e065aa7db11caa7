/** A report as JSON, indented. What a runner of GitHub Actions could take for a command is written as an escape. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`
