import type { ContractCase } from '../model/case.ts'
import { SPEC } from '../model/spec-references.ts'

/** Ids of requests. */
export const requestIds: readonly ContractCase[] = [
  {
    id: 'request-ids/own',
    title: 'The `X-Request-Id` of a request is returned, also with an error',
    endpoint: 'integrations.list',
    specReference: SPEC.headers,
    readOnly: true,
    request: [{ limit: 0 }, {}].map((query) => ({
      endpoint: 'integrations.list',
      headers: { 'X-Request-Id': 'a.request:of-ours_1' },
      query,
    })),
    expect: ({ replies }) => ({
      ...(replies.length === 1 && { code: 'validation_failed' as const, at: 'query.limit' }),
      headers: { 'X-Request-Id': 'a.request:of-ours_1' },
    }),
  },
  {
    id: 'request-ids/unsafe',
    title: 'An `X-Request-Id` that is too long or has other characters is replaced',
    endpoint: 'integrations.list',
    specReference: SPEC.headers,
    readOnly: true,
    request: ['a b', 'x'.repeat(129), '<b>'].map((id) => ({
      endpoint: 'integrations.list',
      headers: { 'X-Request-Id': id },
    })),
    expect: {
      check: ({ headers, request }) => {
        const id = headers.get('X-Request-Id') ?? ''
        return id !== '' && id !== request.headers?.['X-Request-Id']
          ? undefined
          : { expected: 'an id of the service', actual: 'the id of the request, or none' }
      },
    },
  },
]
