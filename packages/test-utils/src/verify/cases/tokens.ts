import type { ContractCase } from '../model/case.ts'
import { ALTERED_TOKENS, type AlteredToken } from '../model/case-request.ts'
import { SPEC } from '../model/spec-references.ts'

const TITLES: Readonly<Record<AlteredToken, string>> = {
  'with-text-behind': 'with a character behind it',
  'with-another-word': 'with another word behind it',
  'without-its-end': 'without its last character',
  'in-another-case': 'with its letters in another case',
  'with-another-scheme': 'with another scheme than Bearer',
  'without-scheme': 'without a scheme',
}

/** Altered tokens are refused. They are sent only in the header: a token in a URL would be logged. */
export const tokens: readonly ContractCase[] = ALTERED_TOKENS.map((form) => ({
  id: `tokens/${form}`,
  title: `A valid token ${TITLES[form]} is refused`,
  endpoint: 'integrations.list',
  specReference: SPEC.refusals,
  readOnly: true,
  request: [
    { endpoint: 'integrations.list', query: { limit: 1 }, token: form },
    { endpoint: 'tickets.list', query: { size: 1 }, token: form },
  ],
  expect: { code: 'unauthenticated', headers: { 'WWW-Authenticate': 'Bearer' } },
}))
