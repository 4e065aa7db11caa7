import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check } from '../../model/case.ts'

/** Checks that a ticket has the status of the request, and times of resolution and closing only while it has ended. */
export const checkStatusTimes: Check = ({ fields, request }) => {
  const status = isJsonObject(request.body) ? request.body['status'] : undefined
  const hasEnded = status === 'resolved' || status === 'closed'
  const agrees =
    fields['status'] === status &&
    (fields['resolved_at'] !== null) === hasEnded &&
    (fields['closed_at'] !== null) === (status === 'closed') &&
    (fields['resolution_time_minutes'] !== null) === hasEnded &&
    fields['can_be_closed'] === (status === 'resolved' || status === 'pending')
  return agrees ? undefined : { expected: `status ${String(status)} with its times`, actual: 'other values' }
}
