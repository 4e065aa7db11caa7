import type { CaseResult, VerifyReport } from './report.ts'

/** `failed` on any error that is not in a baseline; else `inconclusive` if a case or the whole run is. */
export function outcomeOf(results: readonly CaseResult[], reason?: string): VerifyReport['outcome'] {
  if (results.some(isNewError)) return 'failed'
  const ran = results.filter(({ outcome }) => outcome !== 'skipped')
  if (reason !== undefined || ran.length === 0 || ran.some(({ outcome }) => outcome === 'inconclusive'))
    return 'inconclusive'
  return 'passed'
}

const isNewError = ({ outcome, severity, known }: CaseResult): boolean =>
  outcome === 'failed' && severity === 'error' && known !== true
