import type { RetiredName } from '@ai-ticket-creator/domain/internal'

/** The retired names of a request, as the reply announces them. */
export const deprecatedFieldsOf = ({ headers }: Response): readonly RetiredName[] =>
  (headers.get('Deprecated-Fields') ?? '').split(', ').flatMap((entry) => {
    const [field = '', replacement] = entry.split(';use=')
    return replacement === undefined ? [] : [{ field, replacement }]
  })
