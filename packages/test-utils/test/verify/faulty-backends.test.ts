import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { contractCases, verifyContract } from '../../src/verify.ts'
import { CANARY, faultyBackends, withFault } from './faulty-backends.ts'

test.each(faultyBackends)('$name ($generation): cases fail', { timeout: 300_000 }, async (backend) => {
  const { generation, mode = 'full', failing } = backend
  const api = createTestApi({ generation })
  const options = { baseUrl: api.baseUrl, token: api.token, generation, mode, seed: 1 }

  const { outcome, results } = await verifyContract({ ...options, fetch: withFault(api.fetch, backend) })

  const failed = results.filter((result) => result.outcome === 'failed')
  expect(outcome).toBe('failed')
  expect(failed.map(({ id }) => id)).toEqual(expect.arrayContaining([...failing]))
  expect(failed.filter(({ expected, actual, rerunCommand }) => !expected || !actual || !rerunCommand)).toEqual([])
  expect(JSON.stringify(results)).not.toContain(CANARY)
})

test('a backend that shows rows of other organizations fails the cases about them', { timeout: 300_000 }, async () => {
  const api = createTestApi({ generation: 'current' })
  const { baseUrl, token } = api
  const otherTenantToken = 'token-of-agent-2'
  const withOwnToken: Fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    if (headers.get('Authorization') === `Bearer ${otherTenantToken}`) headers.set('Authorization', `Bearer ${token}`)
    return api.fetch(input, { ...init, headers })
  }

  const filter = contractCases.map(({ id }) => id).filter((id) => id.includes('other-organization'))

  const report = await verifyContract({
    baseUrl,
    token,
    otherTenantToken,
    mode: 'full',
    filter,
    fetch: withOwnToken,
  })

  const failed = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
  expect(failed).toEqual([
    'integrations.retrieve/other-organization',
    'integrations.update/other-organization',
    'integrations.delete/other-organization',
    'integrations.setStatus/other-organization',
    'integrations.test/other-organization',
    'integrations.sync/other-organization',
    'integrations.activate/other-organization',
    'integrations.fields/other-organization',
    'tickets.retrieve/other-organization',
    'tickets.replace/other-organization',
    'tickets.update/other-organization',
    'tickets.delete/other-organization',
    'tickets.addAttachments/other-organization',
    'tickets.listAttachments/other-organization',
    'integrations.list/other-organization',
    'tickets.list/other-organization',
    'tickets.create/other-organization',
    'tickets.create/key-of-other-organization',
    'tickets.stats/other-organization',
  ])
})
