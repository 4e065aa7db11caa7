import type { JsonObject } from '@ai-ticket-creator/domain'
import type { Backend } from '../../core/client-state.ts'
import type { ConnectionError, TimeoutError } from '../../errors/connection-errors.ts'
import { isConnectionError } from '../../errors/guards.ts'
import { stringIn } from '../reply-fields.ts'

// A request is in doubt when it may have been executed although no reply proves it.

/** A reply with its body; the body is empty if it is not a JSON object. */
interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: JsonObject
}

/** Whether an attempt without a reply may have been executed. */
export const mayBeExecuted = (error: ConnectionError | TimeoutError): boolean =>
  !isConnectionError(error) || error.sent === 'unknown'

/**
 * Whether a reply leaves open that the attempt was executed, or is still running: the service did not finish it, or a
 * gateway answered in its place. With another code than `internal` the service reports that it refused the request.
 */
export function leavesDoubt({ status, body }: Reply): boolean {
  const code = stringIn(body, 'code')
  if (status === 409) return code === 'idempotency_in_flight'
  return status === 408 || (status >= 500 && (code === undefined || code === 'internal'))
}

/**
 * Whether a reply to a request with an idempotency key proves what became of all its attempts. A process of the service
 * that recognizes keys replays the reply of an executed attempt, so that its refusal proves that none was executed. Any
 * other reply may be from a gateway, or from a process that ignores keys.
 *
 * A replay proves the outcome of one attempt. If several are in doubt, processes that ignore keys may have executed others.
 */
export function endsDoubt({ status, headers, body }: Reply, attemptsInDoubt: number, backend: Backend): boolean {
  const isReplay = headers.get('Idempotency-Replayed') === 'true'
  if (status >= 200 && status <= 299) return (isReplay && attemptsInDoubt === 1) || backend.hasRecognizedKeys()

  const isFinal = status >= 400 && status <= 499 && ![401, 408, 429].includes(status)
  const isFromService = headers.has('API-Generation') && stringIn(body, 'code') !== undefined
  return isFinal && isFromService && backend.hasRecognizedKeys()
}
