import type { CaseResult, VerifyReport } from './report.ts'

/** `failed` on any error that is not in a baseline; else `inconclusive` if a case, or the whole run, could not find out. */
export function outcomeOf(results: readonly CaseResult[], reason?: string): VerifyReport['outcome'] {
  if (results.some(({ outcome, severity, known }) => outcome === 'failed' && severity === 'error' && known !== true))
    return 'failed'
  const tried = results.filter(({ outcome }) => outcome !== 'skipped')
  if (reason !== undefined || tried.length === 0 || tried.some(({ outcome }) => outcome === 'inconclusive'))
    return 'inconclusive'
  return 'passed'
}
