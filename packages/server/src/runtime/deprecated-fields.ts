/** A deprecated name in a request, and the name to use instead. */
export interface DeprecatedField {
  readonly field: string
  readonly replacement: string
}

/** The deprecated names of a request, as the reply announces them. */
export const deprecatedFieldsOf = ({ headers }: Response): readonly DeprecatedField[] =>
  (headers.get('Deprecated-Fields') ?? '').split(', ').flatMap((entry) => {
    const [field = '', replacement] = entry.split(';use=')
    return replacement === undefined ? [] : [{ field, replacement }]
  })
