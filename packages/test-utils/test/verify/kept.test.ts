import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApp, sequentialIds } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../src/index.ts'
import { startTestApi } from '../../src/node.ts'
import { type CaseResult, type VerifyOptions, verifyContract } from '../../src/verify.ts'
import { ada, bo } from '../people.ts'

// More in `npm run test:deep -- verify-seeds`; VERIFY_SEED begins elsewhere.
const runs = Number(process.env['VERIFY_SEEDS'] ?? 5)
const first = Number(process.env['VERIFY_SEED'] ?? 1)
const generations = ['legacy', 'transitional', 'current'] as const

const users = [ada, bo]

const optionsFor = (api: TestApi): VerifyOptions => ({
  baseUrl: api.baseUrl,
  token: ada.token,
  otherTenantToken: bo.token,
  fetch: api.fetch,
})

const wrong = ({ outcome }: CaseResult): boolean => outcome === 'failed' || outcome === 'inconclusive'

for (const generation of generations)
  test(`a good ${generation} backend keeps the contract, whatever the seed (from ${first} on)`, {
    timeout: 3_600_000,
  }, async () => {
    for (let seed = first; seed < first + runs; seed++) {
      const api = createTestApi({ generation, users })

      const report = await verifyContract({ ...optionsFor(api), mode: 'full', seed })

      expect(report.results.filter(wrong), `VERIFY_SEED=${seed}`).toEqual([])
      expect(report, `VERIFY_SEED=${seed}`).toMatchObject({
        outcome: 'passed',
        generation,
        evidence: 'header `API-Generation`',
        leftovers: [],
      })
    }
  })

test.each(generations)('under strict a good %s backend keeps the contract', { timeout: 60_000 }, async (generation) => {
  const api = createTestApi({ generation, users })

  const report = await verifyContract({ ...optionsFor(api), mode: 'strict', seed: 1 })

  expect(report.results.filter(wrong)).toEqual([])
  expect(report.outcome).toBe('passed')
})

test('a good backend keeps the contract over MSW', { timeout: 60_000 }, async () => {
  using api = startTestApi({ generation: 'transitional', users })

  const report = await verifyContract({ ...optionsFor(api), fetch: undefined, mode: 'full', seed: 1 })

  expect(report.results.filter(wrong)).toEqual([])
  expect(report.outcome).toBe('passed')
})

test('a good backend keeps the contract over a socket', { timeout: 60_000 }, async () => {
  const app = createApp({ generation: 'transitional', users, ids: sequentialIds() })
  await using server = await listen(app.fetch)

  const report = await verifyContract({
    baseUrl: server.baseUrl,
    token: ada.token,
    otherTenantToken: bo.token,
    mode: 'full',
    seed: 1,
  })

  expect(report.results.filter(wrong)).toEqual([])
  expect(report.outcome).toBe('passed')
})

async function listen(fetch: (request: Request) => Promise<Response> | Response) {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  // The server listens on a port, not on a pipe.
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
