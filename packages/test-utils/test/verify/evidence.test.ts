import type { JsonObject } from '@ai-ticket-creator/domain'
import { describe, expect, test } from 'vitest'
import { type VerifyReport, verifyContract } from '../../src/verify.ts'

/** A backend without the header: it answers lists with a row, and its document with a text. */
const meet = (row: JsonObject | undefined, document: () => Response): Promise<VerifyReport> =>
  verifyContract({
    baseUrl: 'https://tickets.example.test',
    token: 'test-token',
    filter: ['headers/api-generation'],
    fetch: async (input) => {
      const { pathname } = new URL(new Request(input).url)
      if (pathname === '/openapi.json') return document()
      return Response.json(pathname.endsWith('/integrations/') && row !== undefined ? [row] : [])
    },
  })

const none = (): Response => new Response('Not Found', { status: 404 })

describe('a backend that does not say its generation is known', () => {
  test.each([
    ['legacy', { integration_type: 'jira' }],
    ['transitional', { integration_type: 'jira', platform_name: 'jira' }],
    ['current', { platform_name: 'jira' }],
  ] as const)('as %s by the row of a list', async (generation, row) => {
    const report = await meet(row, none)

    expect(report).toMatchObject({ generation, evidence: 'the fields of a row in a list' })
  })

  test.each([
    ['legacy', '{"properties":{"integration_type":{}}}'],
    ['transitional', '{"properties":{"integration_type":{},"integration_category":{}}}'],
    ['current', '{"properties":{"integration_category":{}}}'],
  ] as const)('as %s by its document, where lists show nothing', async (generation, document) => {
    const report = await meet(undefined, () => new Response(document))

    expect(report).toMatchObject({ generation, evidence: 'its OpenAPI document' })
  })
})

test.each([
  ['is not there', none],
  ['says nothing of integrations', () => new Response('{}')],
  [
    'can not be reached',
    () => {
      throw new TypeError('fetch failed')
    },
  ],
])('where neither tells, because the document %s, nothing is verified', async (_, document) => {
  const report = await meet({ name: 'a row of no known form' }, document)

  expect(report).toMatchObject({
    outcome: 'inconclusive',
    generation: undefined,
    reason: 'the backend does not say its generation; name it',
    results: [],
  })
})
