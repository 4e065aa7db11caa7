import { countConsumers, type DeprecationReport, type RemainingUse } from './deprecation-report.ts'

/** Whether a name can be retired, and why. */
export interface RetirementAnswer {
  readonly field: string
  readonly answer: 'yes' | 'no' | 'unknown'
  readonly reason: string
  /** The uses for which the name cannot be retired. */
  readonly evidence: readonly RemainingUse[]
}

/** Decides from a report whether a name can be retired. Without enough records the answer is unknown, never yes. */
export function canRetire(field: string, report: DeprecationReport, now: Date): RetirementAnswer {
  const uses = report.uses.filter((use) => use.field === field)
  const sent = uses.filter(({ direction }) => direction === 'request')
  if (sent.length > 0)
    return { field, answer: 'no', reason: `It is still sent by ${describeConsumers(sent)}.`, evidence: sent }

  if (uses.length > 0)
    return {
      field,
      answer: 'unknown',
      reason: `Nobody sends it, but it is in replies to ${describeConsumers(uses)}, which may read it. A consumer that sends \`Prefer: handling=strict\` does not receive it.`,
      evidence: uses,
    }

  const { days, recorded_since } = report
  const hasEnoughRecords = recorded_since !== null && now.getTime() - Date.parse(recorded_since) >= days * DAY
  if (!hasEnoughRecords || report.consumers === 0)
    return { field, answer: 'unknown', reason: missingRecords(report), evidence: [] }
  return {
    field,
    answer: 'yes',
    reason: `None of ${report.consumers} consumers used it in the last ${days} days.`,
    evidence: [],
  }
}

const DAY = 24 * 3_600_000

const missingRecords = ({ days, recorded_since, consumers }: DeprecationReport): string =>
  recorded_since !== null && consumers === 0
    ? `No request was recorded in the last ${days} days; only the transitional generation records.`
    : `${recorded_since === null ? 'No request is recorded' : `Requests are recorded only since ${recorded_since}, less than ${days} days`}. Only the transitional generation records.`

function describeConsumers(uses: readonly RemainingUse[]): string {
  const count = countConsumers(uses)
  return count === 1 ? '1 consumer' : `${count} consumers`
}
