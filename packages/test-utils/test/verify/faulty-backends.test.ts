import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { invariants } from '../../src/verify/cases/invariants/index.ts'
import { contractCases, verifyContract } from '../../src/verify.ts'
import { SAMPLE_SEED, sample } from '../sample.ts'
import { CANARY, type FaultyBackend, faultyBackends, withFault } from './faulty-backends.ts'

const invariantIds = new Set(invariants.map(({ id }) => id))

// An invariant is checked on the replies of all cases, so a filter that names one runs all cases.
const casesOf = ({ failing }: FaultyBackend): readonly string[] => failing.filter((id) => !invariantIds.has(id))
const needsAll = (backend: FaultyBackend): boolean =>
  backend.needsAllCases === true || casesOf(backend).length < backend.failing.length
const others = faultyBackends.filter((backend) => !needsAll(backend))

test.each(faultyBackends.filter((backend) => backend.needsAllCases !== true && casesOf(backend).length > 0))(
  '$name ($generation): the named cases fail',
  { timeout: 300_000 },
  async (backend) => {
    const failed = await failuresOf(backend, casesOf(backend))

    expect(failed).toEqual(expect.arrayContaining([...casesOf(backend)]))
  },
)

// A whole verification takes a second. `npm run test:deep -- faults` verifies all backends whole.
test.each([...sample(faultyBackends.filter(needsAll), 3), ...sample(others, 1)])(
  `$name ($generation): the named cases and invariants fail in a whole verification (SAMPLE_SEED=${SAMPLE_SEED})`,
  { timeout: 300_000 },
  async (backend) => {
    const failed = await failuresOf(backend, [])

    expect(failed).toEqual(expect.arrayContaining([...backend.failing]))
  },
)

/** The ids of the cases that fail. Each failure must say what was expected, and none may quote the backend's texts. */
async function failuresOf(backend: FaultyBackend, filter: readonly string[]): Promise<readonly string[]> {
  const { generation, mode = 'full' } = backend
  const api = createTestApi({ generation })
  const options = { baseUrl: api.baseUrl, token: api.token, generation, mode, seed: 1, filter }

  const { outcome, results } = await verifyContract({ ...options, fetch: withFault(api.fetch, backend) })

  const failed = results.filter((result) => result.outcome === 'failed')
  expect(outcome).toBe('failed')
  expect(failed.filter(({ expected, actual, rerunCommand }) => !expected || !actual || !rerunCommand)).toEqual([])
  expect(JSON.stringify(results)).not.toContain(CANARY)
  return failed.map(({ id }) => id)
}

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
    'integrations.create/key-of-other-organization',
    'tickets.create/assignee-of-other-organization',
    'tickets.replace/assignee-of-other-organization',
    'tickets.update/assignee-of-other-organization',
    'tickets.replace/integration-of-other-organization',
    'tickets.createWithAi/other-organization',
    'tickets.stats/other-organization',
  ])
})
