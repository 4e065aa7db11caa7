import { beforeAll } from 'vitest'

// Stryker counts the mutants that each test reaches and reports its counters after each file. Without isolation the counters of
// all earlier files would be reported again each time, and the first run would need more memory than Node has.
beforeAll(() => {
  const { __stryker__: counters } = globalThis as { __stryker__?: { mutantCoverage?: { perTest: object } } }
  if (counters?.mutantCoverage !== undefined) counters.mutantCoverage.perTest = {}
})
