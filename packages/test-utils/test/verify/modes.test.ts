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

test('read-only sends GET and nothing else, whatever there is to look at', async () => {
  const api = createTestApi()
  await api.seed.integration()
  await api.seed.ticket()
  const reading: Fetch = async (input, init) => {
    if (methodOf(input, init) !== 'GET') throw new Error('read-only wrote')
    return await api.fetch(input, init)
  }

  const report = await verifyContract(optionsFor(api, { fetch: reading }))

  expect(report).toMatchObject({ mode: 'read-only', outcome: 'passed' })
  expect(report.results.filter(({ outcome }) => outcome === 'inconclusive')).toEqual([])
  expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
})

test('what read-only has nothing to look at for is skipped, with the reason', async () => {
  const api = createTestApi()

  const report = await verifyContract(optionsFor(api, { filter: ['tickets.retrieve/flags', 'tickets.create/least'] }))

  expect(report.results).toMatchObject([
    { id: 'tickets.create/least', outcome: 'skipped', reason: 'it writes, and nothing is written in read-only mode' },
    { id: 'tickets.retrieve/flags', outcome: 'skipped', reason: 'there is no ticket to look at' },
  ])
})

test('a run leaves nothing behind, and touches no rows but its own', { timeout: 60_000 }, async () => {
  const api = createTestApi()
  const mine = await api.seed.integration({ name: 'JIRA Production' })

  const report = await verifyContract(optionsFor(api, { mode: 'full' }))
  const { rows } = await api.store.integrations.list(
    '20000000-0000-4000-8000-000000000001',
    { sort_by: 'name', sort_order: 'asc' },
    { offset: 0, limit: 100, now: api.clock.now() },
  )

  expect(report.leftovers).toEqual([])
  expect(rows.map(({ id, version }) => ({ id, version }))).toEqual([{ id: mine.id, version: 1 }])
})

test('a run that is stopped deletes what it has made, and is unknown', async () => {
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

  expect(report).toMatchObject({ outcome: 'inconclusive', reason: 'it was stopped', leftovers: [] })
  expect(await left.json()).toEqual([])
})

test('what can not be deleted is told', async () => {
  const api = createTestApi()
  const keeping: Fetch = async (input, init) =>
    methodOf(input, init) === 'DELETE' ? Response.json({ detail: 'no' }, { status: 500 }) : await api.fetch(input, init)

  const report = await verifyContract(
    optionsFor(api, { mode: 'full', fetch: keeping, filter: ['tickets.create/least'] }),
  )

  expect(report.leftovers).toMatchObject([{ kind: 'ticket', reason: '500 without a code' }])
})

test('a backend that is not reached, or lets nobody in, is unknown: neither kept nor broken', async () => {
  const api = createTestApi()
  const unreachable: Fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
  }

  const nobody = await verifyContract(optionsFor(api, { fetch: unreachable }))
  const stranger = await verifyContract(optionsFor(api, { token: 'of-somebody-else' }))

  expect(nobody).toMatchObject({ outcome: 'inconclusive', reason: 'it is not reached (ECONNREFUSED)', results: [] })
  expect(stranger).toMatchObject({
    outcome: 'inconclusive',
    reason:
      'GET /integrations/ is answered with 401 `unauthenticated`; the token is not let in there, so look whether it is the right one',
    results: [],
  })
})

test('a token that ends on the way makes cases unknown, not failed', async () => {
  const api = createTestApi()
  let left = 30
  const ending: Fetch = async (input, init) =>
    left-- > 0 ? await api.fetch(input, init) : Response.json({ detail: 'x', code: 'unauthenticated' }, { status: 401 })

  const report = await verifyContract(optionsFor(api, { fetch: ending, filter: ['tickets.list', 'integrations.list'] }))

  expect(report.results.filter(({ outcome }) => outcome === 'inconclusive').length).toBeGreaterThan(5)
  expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([])
})

test('without the header, the generation is known from what a list shows', async () => {
  const api = createTestApi({ generation: 'legacy' })
  await api.seed.integration()
  const silent: Fetch = async (input, init) => {
    const reply = await api.fetch(input, init)
    reply.headers.delete('API-Generation')
    return reply
  }

  const report = await verifyContract(optionsFor(api, { fetch: silent }))
  const broken = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)

  expect(report).toMatchObject({ generation: 'legacy', evidence: 'the fields of a row in a list' })
  expect(broken).toEqual(['headers/api-generation'])
})

test('a failure says what was asked, expected and got, and how to see it again, without a secret', async () => {
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

test('options that can not be are refused before anything is sent', async () => {
  const api = createTestApi()

  await expect(verifyContract(optionsFor(api, { seed: -1 }))).rejects.toThrow('`seed` must be a whole number')
  await expect(verifyContract(optionsFor(api, { baseUrl: `${api.baseUrl}/v2` }))).rejects.toThrow('`baseUrl` must be')
  // @ts-expect-error no such mode
  await expect(verifyContract(optionsFor(api, { mode: 'quick' }))).rejects.toThrow('there is no mode `quick`')
  // @ts-expect-error no such generation
  await expect(verifyContract(optionsFor(api, { generation: 'next' }))).rejects.toThrow('no generation `next`')
  expect(api.requests).toEqual([])
})
