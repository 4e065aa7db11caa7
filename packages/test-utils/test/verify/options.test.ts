import { expect, test } from 'vitest'
import { createTestApi, type LedgerSource, recordUsage } from '../../src/index.ts'
import { type VerifyOptions, verifyContract } from '../../src/verify.ts'

const CANARY = 'canary-5e1f0c7a92'
const TOKENS = '`token` and `otherTenantToken` must be non-empty strings of visible ASCII characters'

test.each<[string, Record<string, unknown>, string]>([
  ['a missing token', { token: undefined }, TOKENS],
  ['an empty token', { token: '' }, TOKENS],
  ['a token with a line break', { token: `${CANARY}\n` }, TOKENS],
  ['an empty token of another organization', { otherTenantToken: '' }, TOKENS],
  ['a filter that matches no case', { filter: ['requests/slash', 'lost'] }, '`filter` matches no case: lost'],
  ['a filter that is not an array', { filter: 'lost' }, '`filter` must be an array of case id prefixes'],
  ['a negative seed', { seed: -1 }, '`seed` must be an integer from 0 to 4294967295'],
  ['a base URL with a query', { baseUrl: 'https://tickets.example.test/v2?' }, '`baseUrl` must be an address'],
  ['a base URL without a scheme', { baseUrl: 'tickets.example.test' }, '`baseUrl` must be an address'],
  ['an unknown mode', { mode: 'quick' }, '`mode` cannot be `quick`; it is one of read-only, full, strict'],
  ['an unknown generation', { generation: 'next' }, '`generation` cannot be `next`; it is one of auto, legacy'],
])('%s is refused before anything is sent', async (_, options, message) => {
  const api = createTestApi()
  const invalid = { baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, ...options } as VerifyOptions

  const error = await verifyContract(invalid).catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(RangeError)
  expect(String(error)).toContain(message)
  expect(String(error)).not.toContain(CANARY)
  expect(api.requests).toEqual([])
})

test('recordUsage refuses an object without a ledger at once', () => {
  const api = createTestApi()
  const message = '`deprecations` must be the `deprecations` of an SDK client'
  // As from a JavaScript file, which no compiler checks.
  const none = {} as LedgerSource

  expect(() => recordUsage(api, { deprecations: none })).toThrow(message)
  expect(() => recordUsage(api).add(none)).toThrow(message)
})
