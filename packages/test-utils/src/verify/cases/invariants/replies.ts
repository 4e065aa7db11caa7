import type { Invariant } from '../../model/case.ts'
import { describe } from '../../model/describe.ts'
import { isPlatformFailure } from '../../model/interruption.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Every reply. */
export const everyReply: readonly Invariant[] = [
  {
    id: 'replies/json',
    title: 'A reply has a JSON body with its content type, or no body',
    specReference: SPEC.contract,
    appliesTo: ({ status }) => status !== 307,
    // `fetch` hides the body of a 204.
    check: ({ status, headers, json }) => {
      if (status === 204) return undefined
      const type = headers.get('Content-Type') ?? ''
      return json !== undefined && /^application\/json\b/i.test(type)
        ? undefined
        : {
            expected: 'JSON as application/json',
            actual: `${json === undefined ? 'no JSON' : 'JSON'} as ${describe(type)}`,
          }
    },
  },
  {
    id: 'replies/no-500',
    title: 'No request of the run causes a 500',
    specReference: SPEC.refusals,
    appliesTo: (reply) => !isPlatformFailure(reply),
    check: ({ status }) => (status === 500 ? { expected: 'no 500', actual: '500' } : undefined),
  },
  {
    id: 'replies/no-secrets',
    title: 'No reply contains credentials, webhook secrets or tokens',
    specReference: SPEC.fields,
    check: ({ text, headers, secrets }) => {
      const received = [text, ...[...headers].map(([, value]) => value)].join('\n')
      return secrets.some((secret) => received.includes(secret))
        ? { expected: 'no secret', actual: 'a secret of the request' }
        : undefined
    },
  },
]
