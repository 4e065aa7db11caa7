import { expect, test } from 'vitest'
import { createTestApi, type LedgerSource, recordUsage } from '../../src/index.ts'
import { type VerifyOptions, verifyContract } from '../../src/verify.ts'

const CANARY = 'canary-5e1f0c7a92'

test.each<[string, Record<string, unknown>, string]>([
  [
    'no token',
    { token: undefined },
    '`token` and `otherTenantToken` must be texts that a header can have, and not empty',
  ],
  [
    'an empty token',
    { token: '' },
    '`token` and `otherTenantToken` must be texts that a header can have, and not empty',
  ],
  [
    'a token with a line end',
    { token: `${CANARY}\n` },
    '`token` and `otherTenantToken` must be texts that a header can have',
  ],
  [
    'an empty token of another',
    { otherTenantToken: '' },
    '`token` and `otherTenantToken` must be texts that a header can have',
  ],
  [
    'a case that is not there',
    { filter: ['requests/slash', 'lost'] },
    '`filter`: no case has an id that begins with lost',
  ],
  ['a case by itself', { filter: 'lost' }, '`filter` must be a list of beginnings of ids'],
])('%s is refused, and nothing is sent', async (_, options, message) => {
  const api = createTestApi()
  const given = { baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, ...options } as VerifyOptions

  const refused = await verifyContract(given).catch((error: unknown) => error)

  expect(refused).toBeInstanceOf(RangeError)
  expect(String(refused)).toContain(message)
  expect(String(refused)).not.toContain(CANARY)
  expect(api.requests).toEqual([])
})

test('what holds no ledger is refused when it is handed over, not when the tests are done', () => {
  const api = createTestApi()
  const message = '`deprecations` must be the `deprecations` of a client of the SDK'
  // As from a file that no compiler has seen.
  const none = {} as LedgerSource

  expect(() => recordUsage(api, { deprecations: none })).toThrow(message)
  expect(() => recordUsage(api).add(none)).toThrow(message)
})
