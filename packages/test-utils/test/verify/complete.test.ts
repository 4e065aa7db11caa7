import { changes, contract, ENDPOINT_IDS, endpointOf, type ProblemCode, problems } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { contractCases, verifyContract } from '../../src/verify.ts'

// What no request can bring about from outside, each with the reason.
const beyondReach: Partial<Record<ProblemCode, string>> = {
  payload_too_large: 'how long a body may be is for a deployment to say',
  rate_limited: 'how many calls are too many is for a deployment to say, and nobody thanks for trying',
  internal: 'a service that fails on request is none to rely on',
  external_creation_failed: 'only a platform can refuse a ticket',
  transition_refused: 'no route leads to a status that refuses what a route can ask',
  idempotency_in_flight: 'it takes a call that has not ended, in another process',
}

async function everyRequest() {
  const apis = (['legacy', 'transitional', 'current'] as const).map((generation) => createTestApi({ generation }))
  for (const api of apis)
    await verifyContract({ baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, mode: 'full', seed: 1 })
  return apis.flatMap(({ requests }) => requests)
}
const requests = everyRequest()

test('every endpoint has a case in which it succeeds', { timeout: 60_000 }, async () => {
  const done = (await requests).filter(
    ({ endpoint, status }) => endpoint !== undefined && status === contract[endpoint].status,
  )

  expect(new Set(done.map(({ endpoint }) => endpoint))).toEqual(new Set(ENDPOINT_IDS))
})

test('every parameter of every query has a case', { timeout: 60_000 }, async () => {
  const asked = new Set(
    (await requests).flatMap(({ endpoint, query }) => Object.keys(query).map((name) => `${endpoint}?${name}`)),
  )
  const all = ENDPOINT_IDS.flatMap((id) => {
    const { query } = endpointOf(id)
    return query === undefined ? [] : fieldsOf(query).map((name) => `${id}?${name}`)
  })

  expect(all.filter((one) => !asked.has(one))).toEqual([])
})

test('every retired field has cases: where it is read, and where it is refused', () => {
  const ids = contractCases.map(({ id }) => id)
  const missing = changes.flatMap(({ endpoints, retired, kind }) =>
    kind === 'reply' || kind === 'route'
      ? []
      : [...(endpoints.body ?? []), ...(endpoints.accepted ?? [])].flatMap((endpoint) =>
          Object.keys(retired).flatMap((field) =>
            [`${endpoint}/takes-${field}`, `${endpoint}/refuses-${field}`].filter((id) => !ids.includes(id)),
          ),
        ),
  )

  expect(missing).toEqual([])
})

test('every code is expected by a case, or can not be brought about', () => {
  const expected = new Set<string>(contractCases.flatMap(({ codes }) => codes))
  const codes = Object.keys(problems)

  expect(codes.filter((code) => !expected.has(code)).toSorted()).toEqual(Object.keys(beyondReach).toSorted())
})

test('ids are unique, titles are sentences, and each says where its rule is written', () => {
  const ids = contractCases.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
  expect(
    contractCases.filter(({ title, source }) => !/^[A-Z`/]/.test(title) || title.endsWith('.') || source === ''),
  ).toEqual([])
})
