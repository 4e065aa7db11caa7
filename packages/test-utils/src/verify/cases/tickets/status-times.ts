import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check } from '../../model/case.ts'

/**
 * Checks that a ticket has the status of the request, and the fields that follow from the status: times of resolution only
 * if the ticket is resolved or closed, `closed_at` only if it is closed, and `can_be_closed`.
 */
export const checkStatusTimes: Check = ({ fields, request }) => {
  const status = isJsonObject(request.body) ? request.body['status'] : undefined
  const hasEnded = status === 'resolved' || status === 'closed'
  const agrees = {
    status: fields['status'] === status,
    resolved_at: (fields['resolved_at'] !== null) === hasEnded,
    closed_at: (fields['closed_at'] !== null) === (status === 'closed'),
    resolution_time_minutes: (fields['resolution_time_minutes'] !== null) === hasEnded,
    can_be_closed: fields['can_be_closed'] === (status === 'resolved' || status === 'pending'),
  }
  const differing = Object.entries(agrees).flatMap(([name, isEqual]) => (isEqual ? [] : [name]))
  return differing.length === 0
    ? undefined
    : { expected: `status ${String(status)} with its times`, actual: `other values of ${differing.join(', ')}` }
}
