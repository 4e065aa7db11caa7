import type { JsonObject } from '@ai-ticket-creator/domain'
import { describe, expect, test } from 'vitest'
import { verifyContract } from '../../src/verify/engine/verify-contract.ts'
import type { VerifyReport } from '../../src/verify/model/report.ts'

/** Verifies a backend without `API-Generation`. Its lists contain `row`, and it serves an OpenAPI document. */
const verify = (row: JsonObject | undefined, openApi: () => Response): Promise<VerifyReport> =>
  verifyContract({
    baseUrl: 'https://tickets.example.test',
    token: 'test-token',
    filter: ['headers/api-generation'],
    fetch: async (input) => {
      const { pathname } = new URL(new Request(input).url)
      if (pathname === '/openapi.json') return openApi()
      return Response.json(pathname.endsWith('/integrations/') && row !== undefined ? [row] : [])
    },
  })

const notFound = (): Response => new Response('Not Found', { status: 404 })

describe('without the header, the generation is detected', () => {
  test.each([
    ['legacy', { integration_type: 'jira' }],
    ['transitional', { integration_type: 'jira', platform_name: 'jira' }],
    ['current', { platform_name: 'jira' }],
  ] as const)('from a row in a list: %s', async (generation, row) => {
    const report = await verify(row, notFound)

    expect(report).toMatchObject({ generation, detectedBy: 'the fields of a row in a list' })
  })

  test.each([
    ['legacy', '{"properties":{"integration_type":{}}}'],
    ['transitional', '{"properties":{"integration_type":{},"integration_category":{}}}'],
    ['current', '{"properties":{"integration_category":{}}}'],
  ] as const)('from the OpenAPI document if the lists are empty: %s', async (generation, document) => {
    const report = await verify(undefined, () => new Response(document))

    expect(report).toMatchObject({ generation, detectedBy: 'its OpenAPI document' })
  })
})

test.each([
  ['does not exist', notFound],
  ['does not describe integrations', () => new Response('{}')],
  [
    'is unreachable',
    () => {
      throw new TypeError('fetch failed')
    },
  ],
])('the run is inconclusive if the rows show no generation and the OpenAPI document %s', async (_, openApi) => {
  const report = await verify({ name: 'a row without a platform' }, openApi)

  expect(report).toMatchObject({
    outcome: 'inconclusive',
    generation: undefined,
    reason:
      'the generation of the backend cannot be detected, because it has no rows and no OpenAPI document; set the option `generation`',
    results: [],
  })
})
