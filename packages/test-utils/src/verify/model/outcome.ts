import type { CaseResult, VerifyReport } from './report.ts'

/** Broken when an error is there that no baseline knows; unknown when something, or everything, could not be found out. */
export function outcomeOf(results: readonly CaseResult[], reason?: string): VerifyReport['outcome'] {
  if (results.some(({ outcome, severity, known }) => outcome === 'failed' && severity === 'error' && known !== true))
    return 'broken'
  const tried = results.filter(({ outcome }) => outcome !== 'skipped')
  if (reason !== undefined || tried.length === 0 || tried.some(({ outcome }) => outcome === 'unknown')) return 'unknown'
  return 'kept'
}
