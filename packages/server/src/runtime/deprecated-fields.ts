import type { RetiredName } from '@ai-ticket-creator/domain/internal'

/** The retired names that a request used, from the header `Deprecated-Fields` of the reply. */
export const deprecatedFieldsOf = ({ headers }: Response): readonly RetiredName[] =>
  (headers.get('Deprecated-Fields') ?? '').split(', ').flatMap((entry) => {
    const [field = '', replacement] = entry.split(';use=')
    return replacement === undefined ? [] : [{ field, replacement }]
  })
