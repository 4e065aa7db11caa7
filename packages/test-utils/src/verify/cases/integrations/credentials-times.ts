import type { Check, ContractCase } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import { credentialsOf } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { normalizeTime } from '../../model/times.ts'

const update = 'integrations.update'

/** Which requests change `credentials_updated_at`. */
export const credentialsTimeCases: readonly ContractCase[] = [
  {
    id: 'integrations.update/credentials-time-stays',
    title: '`credentials_updated_at` stays when settings and the status change, and when new credentials are refused',
    endpoint: update,
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: update, body: { description: 'changed', webhook_url: 'https://hooks.example.test/b' } },
    expect: expectSameTime,
    next: [
      {
        request: { endpoint: update, body: { credentials: { email: 'someone@example.test' } } },
        expect: { code: 'credentials_incomplete', at: 'body.credentials.api_token' },
      },
      { request: { endpoint: 'integrations.setStatus', body: { enabled: false } }, expect: {} },
      { request: { endpoint: 'integrations.retrieve' }, expect: expectSameTime },
      { request: { endpoint: 'integrations.activate' }, expect: {} },
      { request: { endpoint: 'integrations.retrieve' }, expect: expectSameTime },
    ],
  },
  {
    id: 'integrations.update/credentials-time-moves',
    title: '`credentials_updated_at` moves when the credentials are replaced',
    endpoint: update,
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: ({ tag }) => ({ endpoint: update, body: { credentials: credentialsOf(`${tag}-new`, 'jira') } }),
    expect: ({ integration }) => ({ check: checkLater(integration['credentials_updated_at']) }),
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [changed] }) => ({
          body: { credentials_updated_at: changed?.fields['credentials_updated_at'] },
        }),
      },
    ],
  },
]

function expectSameTime({ integration }: CaseContext) {
  return { body: { credentials_updated_at: integration['credentials_updated_at'] } }
}

/** The new time is later than the old one, unless the clock of the backend has not advanced since. */
function checkLater(old: unknown): Check {
  return ({ fields }) => {
    const [before, after, updated] = [old, fields['credentials_updated_at'], fields['updated_at']].map((time) =>
      String(normalizeTime(time)),
    )
    const isLater = String(after) > String(before) || (after === before && String(updated) <= String(before))
    return typeof fields['credentials_updated_at'] === 'string' && isLater
      ? undefined
      : { expected: '`credentials_updated_at`: a later time', actual: 'the time of the old credentials, or none' }
  }
}
