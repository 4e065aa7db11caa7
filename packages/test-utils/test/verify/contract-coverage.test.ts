import { readFileSync } from 'node:fs'
import { changes, contract, ENDPOINT_IDS, endpointOf, type ProblemCode, problems } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { contractCases, verifyContract } from '../../src/verify.ts'

// Codes that no request of a caller can cause, each with the reason.
const unreachable: Partial<Record<ProblemCode, string>> = {
  payload_too_large: 'the deployment sets the limit',
  rate_limited: 'the deployment sets the limit, and a verification should not exhaust it',
  internal: 'no request of the contract makes the service fail',
  external_creation_failed: 'only a platform can refuse a ticket',
  transition_refused: 'no route leads to a status that refuses an event that a route triggers',
  idempotency_in_flight: 'it needs a concurrent call in another process',
}

async function requestsOfAllGenerations() {
  const apis = (['legacy', 'transitional', 'current'] as const).map((generation) => createTestApi({ generation }))
  for (const api of apis)
    await verifyContract({ baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, mode: 'full', seed: 1 })
  return apis.flatMap(({ requests }) => requests)
}
const requests = requestsOfAllGenerations()

test('every endpoint succeeds in a case', { timeout: 60_000 }, async () => {
  const succeeded = (await requests).filter(
    ({ endpoint, status }) => endpoint !== undefined && status === contract[endpoint].status,
  )

  expect(new Set(succeeded.map(({ endpoint }) => endpoint))).toEqual(new Set(ENDPOINT_IDS))
})

test('every query parameter is sent by a case', { timeout: 60_000 }, async () => {
  const sent = new Set(
    (await requests).flatMap(({ endpoint, query }) => Object.keys(query).map((name) => `${endpoint}?${name}`)),
  )
  const all = ENDPOINT_IDS.flatMap((id) => {
    const { query } = endpointOf(id)
    return query === undefined ? [] : fieldsOf(query).map((name) => `${id}?${name}`)
  })

  expect(all.filter((one) => !sent.has(one))).toEqual([])
})

test('every retired field has a case that accepts it and one that refuses it', () => {
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

test('every problem code is expected by a case or is unreachable for a caller', () => {
  const expected = new Set<string>(contractCases.flatMap(({ codes }) => codes))
  const codes = Object.keys(problems)

  expect(codes.filter((code) => !expected.has(code)).toSorted()).toEqual(Object.keys(unreachable).toSorted())
})

test('ids are unique, titles are sentences, and every case has a spec reference', () => {
  const ids = contractCases.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
  expect(
    contractCases.filter(
      ({ title, specReference: source }) => !/^[A-Z`/]/.test(title) || title.endsWith('.') || source === '',
    ),
  ).toEqual([])
})

test('every spec reference leads to a heading of the README of a published package', () => {
  const references = new Set(contractCases.map(({ specReference }) => specReference))

  const missing = [...references].filter((reference) => {
    const [, name, anchor = ''] =
      /^https:\/\/www\.npmjs\.com\/package\/@ai-ticket-creator\/([a-z-]+)#(.+)$/.exec(reference) ?? []
    const readme = new URL(`../../../${name}/README.md`, import.meta.url)
    return name === undefined || !anchorsOf(readFileSync(readme, 'utf8')).includes(anchor)
  })

  expect(missing).toEqual([])
})

/** Anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}
