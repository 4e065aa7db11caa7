import type { VerifyReport } from '../../src/verify.ts'

/** The cases that did not pass, with the reason. */
export const problemsIn = ({ results }: VerifyReport) =>
  results
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'inconclusive')
    .map(({ id, outcome, reason, expected, actual }) => ({ id, outcome, reason, expected, actual }))
