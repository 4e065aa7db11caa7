import type { IntegrationResult } from '@ai-ticket-creator/domain'
import { Refusal } from '../errors/problem-error.ts'
import type { Call } from '../ports/handler.ts'
import type { ExternalOutcome, HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { toWire } from '../serializers/timestamps.ts'
import { rewrite } from '../store/optimistic-update.ts'
import { learn, say, type Verdict } from './record-health.ts'

type FilingCall = Pick<Call<'tickets.create'>, 'store' | 'clock' | 'external' | 'report'>

/** Files a ticket on its platform. What the platform refuses is not kept; what it does not answer is. */
export async function fileExternally(
  call: FilingCall,
  ticket: TicketRow,
  integration: IntegrationRow,
): Promise<TicketRow> {
  const outcome = await call.external(ticket, integration)
  if (outcome.outcome === 'refused' || outcome.outcome === 'not_supported') {
    await call.store.tickets.remove(ticket.organization_id, ticket.id)
    await countRequest(call, integration, outcome)
    throw toRefusal(outcome)
  }

  const filed = await noteResult(call, ticket, toResult(outcome, integration))
  await countRequest(call, integration, outcome)
  return filed
}

/** Writes what became of a ticket. Should that fail, the reply says it all the same: nobody else could any more. */
async function noteResult(
  { store, report }: FilingCall,
  ticket: TicketRow,
  integration_result: IntegrationResult,
): Promise<TicketRow> {
  const key = { organizationId: ticket.organization_id, id: ticket.id }
  try {
    // Whoever changed the ticket meanwhile keeps the change.
    const noted = await rewrite(store.tickets, key, async (row) => ({ ...row, integration_result }))
    return noted ?? { ...ticket, integration_result }
  } catch (error) {
    report(error)
    return { ...ticket, integration_result }
  }
}

type NotKept = Extract<ExternalOutcome, { outcome: 'refused' | 'not_supported' }>

function toRefusal({ outcome }: NotKept): Refusal {
  if (outcome === 'not_supported')
    return new Refusal('not_supported', 'the platform of this integration takes no tickets; nothing was kept')
  return new Refusal('external_creation_failed', 'the platform refused the ticket; nothing was kept')
}

function toResult(
  outcome: Exclude<ExternalOutcome, NotKept>,
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

/** A ticket is a request to the platform as any check is: it counts, and failures are learned from (CONTRACT §5). */
async function countRequest(call: FilingCall, used: IntegrationRow, outcome: ExternalOutcome): Promise<void> {
  if (outcome.outcome === 'not_supported') return
  const answer = { ...outcome, outcome: toVerdict(outcome) }
  try {
    const key = { organizationId: used.organization_id, id: used.id }
    await rewrite(call.store.integrations, key, async (row) => {
      const now = call.clock()
      const counted = { ...row, ...usageFields(row, answer, now) }
      // What was changed meanwhile is not what was used.
      return row.revision === used.revision ? learn(counted, answer.outcome, toWire(now), { heals: false }) : counted
    })
  } catch (error) {
    // What became of the ticket is certain by now; a count is not worth a second one.
    call.report(error)
  }
}

function toVerdict(outcome: Exclude<ExternalOutcome, { outcome: 'not_supported' }>): Verdict {
  if (outcome.outcome === 'created') return 'passed'
  return outcome.outcome === 'unknown' ? 'timeout' : (outcome.because ?? 'failed')
}

function usageFields(row: IntegrationRow, answer: HealthCheckOutcome, now: Date): Partial<IntegrationRow> {
  const at = toWire(now)
  const passed = answer.outcome === 'passed'
  const inHour = row.rate_limit_reset_at !== null && now.getTime() < Date.parse(row.rate_limit_reset_at)
  return {
    total_requests: row.total_requests + 1,
    last_request_at: at,
    ...(passed
      ? { successful_requests: row.successful_requests + 1, last_success_at: at }
      : { failed_requests: row.failed_requests + 1, last_error_at: at, last_error_message: say(answer, row) }),
    current_hour_requests: inHour ? row.current_hour_requests + 1 : 1,
    rate_limit_reset_at: inHour ? row.rate_limit_reset_at : toWire(new Date(now.getTime() + 3_600_000)),
  }
}
