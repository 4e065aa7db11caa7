import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { createApp, sequentialIds } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { readSeed, readSize } from '../../../../vitest.sizes.ts'
import { createTestApi, type TestApi } from '../../src/index.ts'
import { startTestApi } from '../../src/node.ts'
import { type VerifyOptions, verifyContract } from '../../src/verify.ts'
import { ada, bo } from '../people.ts'
import { problemsIn } from './problems.ts'

// `npm run test:deep -- verify-seeds` runs 200 seeds. VERIFY_SEED is the first one.
const runs = readSize('VERIFY_SEEDS', 1)
const first = readSeed('VERIFY_SEED', 1)
const generations = ['legacy', 'transitional', 'current'] as const

// Over a network each request takes several times as long. With many seeds all cases run there too.
const filterOverNetwork =
  runs > 1 ? [] : ['requests/', 'versions/', 'idempotency/', 'integrations.create/', 'tickets.create/']

const users = [ada, bo]

const optionsFor = (api: TestApi): VerifyOptions => ({
  baseUrl: api.baseUrl,
  token: ada.token,
  otherTenantToken: bo.token,
  fetch: api.fetch,
})

for (const generation of generations)
  test(`a good ${generation} backend passes, and only test data is changed and deleted (seeds from ${first})`, {
    timeout: 3_600_000,
  }, async () => {
    for (let seed = first; seed < first + runs; seed++) {
      const api = createTestApi({ generation, users })
      const own = await api.seed.integration({ name: 'JIRA Production' })

      const report = await verifyContract({ ...optionsFor(api), mode: 'full', seed })

      expect(problemsIn(report), `VERIFY_SEED=${seed}`).toEqual([])
      expect(report, `VERIFY_SEED=${seed}`).toMatchObject({
        outcome: 'passed',
        generation,
        detectedBy: 'header `API-Generation`',
        leftovers: [],
      })
      expect(await rowsOf(api), `VERIFY_SEED=${seed}`).toMatchObject([{ id: own.id }])
      expect(await api.store.integrations.find(ada.organization_id, own.id)).toMatchObject({ version: 1 })
    }
  })

/** The integrations and tickets that both organizations see. */
async function rowsOf(api: TestApi): Promise<readonly unknown[]> {
  const lists = [ada, bo].flatMap(({ token }) =>
    ['/integrations/', '/tickets/'].map(async (path) => {
      const reply = await api.fetch(`${api.baseUrl}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })
      const list: unknown = await reply.json()
      return isJsonObject(list) ? list['items'] : list
    }),
  )
  return (await Promise.all(lists)).flat()
}

test('a good transitional backend passes in strict mode', { timeout: 120_000 }, async () => {
  const api = createTestApi({ generation: 'transitional', users })

  const report = await verifyContract({ ...optionsFor(api), mode: 'strict', seed: 1 })

  expect(problemsIn(report)).toEqual([])
  expect(report.outcome).toBe('passed')
})

test('a good backend passes over MSW', { timeout: 120_000 }, async () => {
  using api = startTestApi({ generation: 'transitional', users })

  const report = await verifyContract({
    ...optionsFor(api),
    fetch: undefined,
    mode: 'full',
    seed: 1,
    filter: filterOverNetwork,
  })

  expect(problemsIn(report)).toEqual([])
  expect(report.outcome).toBe('passed')
})

test('a good backend passes over a socket', { timeout: 120_000 }, async () => {
  const app = createApp({ generation: 'transitional', users, newId: sequentialIds() })
  await using server = await listen(app.fetch)

  const report = await verifyContract({
    baseUrl: server.baseUrl,
    token: ada.token,
    otherTenantToken: bo.token,
    mode: 'full',
    seed: 1,
    filter: filterOverNetwork,
  })

  expect(problemsIn(report)).toEqual([])
  expect(report.outcome).toBe('passed')
})

async function listen(fetch: (request: Request) => Promise<Response> | Response) {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  // A server with a port has an `AddressInfo`; only a pipe has a string.
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
