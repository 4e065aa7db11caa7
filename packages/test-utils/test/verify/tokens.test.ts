import { expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { ada } from '../people.ts'
import { problemsIn } from './problems.ts'

test.each(['12345678', 'TOKEN-OF-ADA', 'token-of-ada'])(
  'a good backend passes the cases about tokens with %s',
  async (token) => {
    const api = createTestApi({ users: [{ ...ada, token }] })

    const report = await verifyContract({ baseUrl: api.baseUrl, token, seed: 1, fetch: api.fetch, filter: ['tokens/'] })

    expect(problemsIn(report)).toEqual([])
    expect(report.outcome).toBe('passed')
  },
)
