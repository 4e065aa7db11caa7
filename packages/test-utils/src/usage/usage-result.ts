import type { EndpointId } from '@ai-ticket-creator/domain'
import type { CaseResult } from '../verify/model/report.ts'
import type { UsageLocation, UsageResult } from './usage-report.ts'

/** What breaks and what to use instead. Undefined: the usage works. */
export type Breakage = undefined | Pick<CaseResult, 'title' | 'reason' | 'expected'>

interface ResultOptions {
  readonly id: string
  readonly endpoint: EndpointId | undefined
  readonly severity: CaseResult['severity']
  /** The title when the usage works. */
  readonly title: string
  readonly breakage: Breakage
  readonly name: string
  readonly count: number
  readonly callSite: string | undefined
}

/** The row of a report for one usage. */
export function toUsageResult(options: ResultOptions): UsageResult {
  const { id, endpoint, severity, title, breakage, name, count, callSite } = options
  const location = locationOf(callSite)
  return {
    id,
    endpoint,
    severity,
    title: breakage?.title ?? title,
    outcome: breakage === undefined ? 'passed' : 'failed',
    ...(breakage !== undefined && { ...breakage, actual: `\`${name}\`, ${count === 1 ? 'once' : `${count} times`}` }),
    ...(breakage !== undefined && location === undefined && { reason: `${breakage.reason} ${UNKNOWN_CALL_SITE}` }),
    specReference: 'the contract and its changes',
    durationMs: 0,
    ...(location !== undefined && { location }),
  }
}

const UNKNOWN_CALL_SITE = '(The call site is not known.)'

function locationOf(callSite: string | undefined): UsageLocation | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(callSite ?? '') ?? []
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) }
}
