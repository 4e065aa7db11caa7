import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check } from '../../model/case.ts'

/**
 * Checks the status that the request sets, and the fields that follow from the status: the times of resolution and closing,
 * and `can_be_closed`.
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
    : {
        expected: `status ${String(status)} with the times that follow from it`,
        actual: `other values of ${differing.join(', ')}`,
      }
}
