import { checkUsable } from '@ai-ticket-creator/domain/internal'
import { invalid, ProblemError } from '../errors/problem-error.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { toCandidate, toProblemError } from '../services/resolve-names.ts'
import type { TicketCall } from './change-ticket.ts'

/** The integration of a new ticket; refused when it does not exist or cannot file tickets. */
export async function usableIntegration(
  { store, organizationId }: Pick<TicketCall, 'store' | 'organizationId'>,
  id: string | null | undefined,
): Promise<IntegrationRow | undefined> {
  if (id === null || id === undefined) return undefined
  const row = await store.integrations.find(organizationId, id.toLowerCase())
  if (row === undefined)
    throw new ProblemError('integration_not_found', 'no integration has this `integration_id`; list the integrations')

  const usable = checkUsable(toCandidate(row), 'name')
  if (usable.code !== undefined) throw toProblemError(usable)
  return row
}

/** Refuses an assignee who is not a user of the organization. */
export async function checkAssignee(
  { users, organizationId }: Pick<TicketCall, 'users' | 'organizationId'>,
  id: string | null | undefined,
): Promise<void> {
  if (id === null || id === undefined) return
  if ((await users.find(organizationId, id.toLowerCase())) !== undefined) return
  throw invalid([
    {
      type: 'value_error',
      loc: ['body', 'assigned_to_id'],
      msg: '`assigned_to_id` is not a user of the organization',
      code: 'validation_failed',
    },
  ])
}
