import { expect, test } from 'vitest'
import { createTestApi, type Fetch, type TestApi } from '../../src/index.ts'
import { type VerifyOptions, verifyContract } from '../../src/verify.ts'

const optionsFor = (api: TestApi, more: Partial<VerifyOptions> = {}): VerifyOptions => ({
  baseUrl: api.baseUrl,
  token: api.token,
  fetch: api.fetch,
  seed: 1,
  ...more,
})

const methodOf = (input: string | URL | Request, init: RequestInit = {}): string =>
  input instanceof Request ? input.method : (init.method ?? 'GET')

test('read-only mode sends only GET', async () => {
  const api = createTestApi()
  await api.seed.integration()
  await api.seed.ticket()
  const reading: Fetch = async (input, init) => {
    if (methodOf(input, init) !== 'GET') throw new Error('read-only mode sent a write')
    return await api.fetch(input, init)
  }

  const report = await verifyContract(optionsFor(api, { fetch: reading }))

  expect(report).toMatchObject({ mode: 'read-only', outcome: 'passed' })
  expect(report.results.filter(({ outcome }) => outcome === 'inconclusive')).toEqual([])
  expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
})

test('read-only mode skips a case that writes, and one without a row to read', async () => {
  const api = createTestApi()

  const report = await verifyContract(optionsFor(api, { filter: ['tickets.retrieve/flags', 'tickets.create/minimal'] }))

  expect(report.results).toMatchObject([
    { id: 'tickets.create/minimal', outcome: 'skipped', reason: 'it writes, and read-only mode sends no writes' },
    { id: 'tickets.retrieve/flags', outcome: 'skipped', reason: 'the backend has no ticket to read' },
  ])
})

test('a run that is stopped deletes its test data and is inconclusive', async () => {
  const api = createTestApi()
  const stop = new AbortController()

  const report = await verifyContract(
    optionsFor(api, {
      mode: 'full',
      signal: stop.signal,
      onProgress: ({ done }) => (done === 60 ? stop.abort() : undefined),
    }),
  )
  const left = await api.fetch(`${api.baseUrl}/api/v1/integrations/`, {
    headers: { Authorization: `Bearer ${api.token}` },
  })

  expect(report).toMatchObject({ outcome: 'inconclusive', reason: 'the run was stopped', leftovers: [] })
  expect(await left.json()).toEqual([])
})

test('the report lists rows that could not be deleted', async () => {
  const api = createTestApi()
  const keeping: Fetch = async (input, init) =>
    methodOf(input, init) === 'DELETE' ? Response.json({ detail: 'no' }, { status: 500 }) : await api.fetch(input, init)

  const report = await verifyContract(
    optionsFor(api, { mode: 'full', fetch: keeping, filter: ['tickets.create/minimal'] }),
  )

  expect(report.leftovers).toMatchObject([{ kind: 'ticket', reason: '500 without a code' }])
})

test('an unreachable backend and a refused token make the run inconclusive', async () => {
  const api = createTestApi()
  const unreachable: Fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
  }

  const unreached = await verifyContract(optionsFor(api, { fetch: unreachable }))
  const unauthorized = await verifyContract(optionsFor(api, { token: 'unknown-token' }))

  expect(unreached).toMatchObject({
    outcome: 'inconclusive',
    reason: 'the backend is unreachable (ECONNREFUSED)',
    results: [],
  })
  expect(unauthorized).toMatchObject({
    outcome: 'inconclusive',
    reason: 'GET /integrations/ returned 401 `unauthenticated`; unauthorized: check the token',
    results: [],
  })
})

test('a token that expires during the run makes cases inconclusive, not failed', async () => {
  const api = createTestApi()
  let left = 30
  const ending: Fetch = async (input, init) =>
    left-- > 0 ? await api.fetch(input, init) : Response.json({ detail: 'x', code: 'unauthenticated' }, { status: 401 })

  const report = await verifyContract(optionsFor(api, { fetch: ending, filter: ['tickets.list', 'integrations.list'] }))

  expect(report.results.filter(({ outcome }) => outcome === 'inconclusive').length).toBeGreaterThan(5)
  expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([])
})

test('a missing `API-Generation` fails one case, and the generation is detected from a list', async () => {
  const api = createTestApi({ generation: 'legacy' })
  await api.seed.integration()
  const silent: Fetch = async (input, init) => {
    const reply = await api.fetch(input, init)
    reply.headers.delete('API-Generation')
    return reply
  }

  const report = await verifyContract(optionsFor(api, { fetch: silent }))
  const failed = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)

  expect(report).toMatchObject({ generation: 'legacy', detectedBy: 'the fields of a row in a list' })
  expect(failed).toEqual(['headers/api-generation'])
})

test('a failure has the request, the expected and actual values and the command to run it again, without secrets', async () => {
  const api = createTestApi({ generation: 'current' })
  const flipping: Fetch = async (input, init) => {
    const reply = await api.fetch(input, init)
    const text = (await reply.text()).replaceAll('"enabled":true', '"enabled":false')
    return new Response(text === '' ? null : text, reply)
  }

  const report = await verifyContract(optionsFor(api, { mode: 'full', fetch: flipping, filter: ['platforms/jira'] }))

  expect(report.outcome).toBe('failed')
  expect(report.results).toMatchObject([
    {
      id: 'platforms/jira',
      reason: 'POST /integrations/',
      expected: '`enabled`: true',
      actual: 'false',
      rerunCommand: `ai-ticket-creator-verify --base-url ${api.baseUrl} --mode full --generation current --seed 1 --filter platforms/jira`,
    },
  ])
  expect(JSON.stringify(report)).not.toContain(api.token)
})
