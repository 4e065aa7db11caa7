import type { IntegrationResult } from '@ai-ticket-creator/domain'
import { ProblemError } from '../errors/problem-error.ts'
import type { HandlerCall, HandlerResult } from '../ports/handler.ts'
import type { ExternalOutcome, HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'
import { describeOutcome, recordHealth, type Verdict } from './record-health.ts'

type FilingCall = Pick<HandlerCall<'tickets.create'>, 'store' | 'clock' | 'external' | 'report' | 'claim'>

type ToResult = (ticket: TicketRow) => HandlerResult

/**
 * Writes a new ticket and files it on its platform. The ticket is removed if the platform does not receive or accept
 * it. If the platform does not respond, the ticket stays with the outcome `unknown`. The ticket is first written with this
 * outcome, in case the process ends before the response.
 */
export async function insertAndFile(
  call: FilingCall,
  created: TicketRow,
  integration: IntegrationRow,
  toResult: ToResult,
): Promise<TicketRow> {
  const ticket = { ...created, integration_result: toIntegrationResult({ outcome: 'unknown' }, integration) }
  await call.store.tickets.insert(ticket, call.claim?.provisional(toResult(ticket)))

  const outcome = await call.external(created, integration)
  if (outcome.outcome !== 'created' && outcome.outcome !== 'unknown') {
    await call.store.tickets.remove(ticket.organization_id, ticket.id)
    await countRequest(call, integration, outcome)
    throw toProblem(outcome, integration)
  }

  const filed = await saveOutcome(call, ticket, toIntegrationResult(outcome, integration), toResult)
  await countRequest(call, integration, outcome)
  return filed
}

/** Stores the result of filing. If the store fails, the result is still in the reply, which is then its only record. */
async function saveOutcome(
  { store, claim, report }: FilingCall,
  ticket: TicketRow,
  integration_result: IntegrationResult,
  toResult: ToResult,
): Promise<TicketRow> {
  const key = { organizationId: ticket.organization_id, id: ticket.id }
  const recordOf = async (row: TicketRow) => claim?.completed(toResult(row))
  // Another call may have taken over the claim; the ticket still gets its result.
  const attempts = claim === undefined ? [undefined] : [recordOf, undefined]
  for (const attempt of attempts)
    try {
      // Reads the ticket again, so that a concurrent change of other fields is kept.
      const saved = await optimisticUpdate(store.tickets, key, async (row) => ({ ...row, integration_result }), attempt)
      return saved ?? { ...ticket, integration_result }
    } catch (error) {
      report(error)
    }
  return { ...ticket, integration_result }
}

type Rejected = Exclude<ExternalOutcome, { outcome: 'created' | 'unknown' }>

function toProblem(outcome: Rejected, integration: IntegrationRow): ProblemError {
  switch (outcome.outcome) {
    case 'not_supported':
      return new ProblemError(
        'not_supported',
        `the platform of this integration does not support tickets; nothing was stored${describeSupport(outcome)}`,
      )
    case 'refused':
      return new ProblemError('external_creation_failed', 'the platform refused the ticket; nothing was stored')
    case 'not_sent': {
      const reason = describeOutcome({ ...outcome, outcome: 'timeout' }, integration)
      return new ProblemError('external_creation_failed', `${reason}; nothing was sent to the platform or stored`)
    }
  }
}

const describeSupport = ({ supported = [] }: Extract<Rejected, { outcome: 'not_supported' }>): string =>
  supported.length === 0 ? '' : `. Platforms with support: ${supported.join(', ')}`

function toIntegrationResult(
  outcome: Exclude<ExternalOutcome, Rejected>,
  { id, platform_name }: IntegrationRow,
): IntegrationResult {
  const about = { integration_id: id, platform_name }
  if (outcome.outcome === 'unknown') return { success: false, outcome: 'unknown', ...about }
  return {
    success: true,
    ...about,
    external_ticket_id: outcome.id,
    external_ticket_url: outcome.url,
    error_message: null,
    response: outcome.response ?? null,
  }
}

/** Counts the request to the platform. A failure counts towards the health as a failed check does. */
async function countRequest(call: FilingCall, used: IntegrationRow, outcome: ExternalOutcome): Promise<void> {
  if (outcome.outcome === 'not_supported') return
  const answer = { ...outcome, outcome: toVerdict(outcome) }
  try {
    const key = { organizationId: used.organization_id, id: used.id }
    await optimisticUpdate(call.store.integrations, key, async (row) => {
      const now = call.clock()
      const counted = { ...row, ...usageFields(row, answer, now) }
      // If the row was changed during the request, the outcome is about the old settings, so only the counters change.
      return row.revision === used.revision
        ? recordHealth(counted, answer.outcome, toTimestamp(now), { mayActivate: false })
        : counted
    })
  } catch (error) {
    // The ticket is filed. A lost count must not fail the call, or the caller would file it again.
    call.report(error)
  }
}

function toVerdict(outcome: Exclude<ExternalOutcome, { outcome: 'not_supported' }>): Verdict {
  if (outcome.outcome === 'created') return 'passed'
  return outcome.outcome === 'refused' ? (outcome.reason ?? 'failed') : 'timeout'
}

function usageFields(row: IntegrationRow, answer: HealthCheckOutcome, now: Date): Partial<IntegrationRow> {
  const at = toTimestamp(now)
  const passed = answer.outcome === 'passed'
  const inHour = row.rate_limit_reset_at !== null && now.getTime() < Date.parse(row.rate_limit_reset_at)
  return {
    total_requests: row.total_requests + 1,
    last_request_at: at,
    ...(passed
      ? { successful_requests: row.successful_requests + 1, last_success_at: at }
      : {
          failed_requests: row.failed_requests + 1,
          last_error_at: at,
          last_error_message: describeOutcome(answer, row),
        }),
    current_hour_requests: inHour ? row.current_hour_requests + 1 : 1,
    rate_limit_reset_at: inHour ? row.rate_limit_reset_at : toTimestamp(new Date(now.getTime() + 3_600_000)),
  }
}
