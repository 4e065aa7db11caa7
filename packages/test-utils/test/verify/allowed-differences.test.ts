import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { ada, bo } from '../people.ts'
import { SAMPLE_SEED, sample } from '../sample.ts'
import { goodBackends } from './good-backends.ts'
import { problemsIn } from './problems.ts'

// `npm run test:deep -- allowed-differences` verifies all of them.
test.each(sample(goodBackends, 1))(
  `a good $generation backend passes: $name (SAMPLE_SEED=${SAMPLE_SEED})`,
  { timeout: 120_000 },
  async (backend) => {
    const { generation, prefix = '', received = (text: string) => text, wrap } = backend
    const api = createTestApi({ generation, users: [ada, bo] })
    const reference: Fetch = (input, init = {}) => {
      const { body } = init
      const url = input instanceof Request ? input.url : input.toString()
      return api.fetch(url.replace(prefix, ''), {
        ...init,
        ...(typeof body === 'string' && { body: received(body) }),
      })
    }

    const report = await verifyContract({
      token: ada.token,
      otherTenantToken: bo.token,
      baseUrl: `${api.baseUrl}${prefix}`,
      mode: 'full',
      seed: 1,
      fetch: wrap(reference),
    })

    expect(problemsIn(report)).toEqual([])
    expect(report).toMatchObject({ outcome: 'passed', leftovers: [] })
  },
)
