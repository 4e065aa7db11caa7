import { expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { type CaseResult, verifyContract } from '../../src/verification.ts'

const wrong = ({ outcome }: CaseResult): boolean => outcome === 'failed' || outcome === 'unknown'

test.each(['legacy', 'transitional', 'current'] as const)(
  'a good %s backend keeps the contract',
  async (generation) => {
    const api = createTestApi({ generation })

    const report = await verifyContract({
      baseUrl: api.baseUrl,
      token: api.token,
      fetch: api.fetch,
      mode: 'full',
      seed: 1,
    })

    expect(report.results.filter(wrong)).toEqual([])
    expect(report).toMatchObject({ outcome: 'kept', generation, evidence: 'header `API-Generation`', leftovers: [] })
  },
)
