import type { JsonObject } from '@ai-ticket-creator/domain'
import type { RetryReason } from '../../core/events.ts'
import type { BackoffOptions } from '../../core/options.ts'
import type { WireRequest } from '../../core/wire.ts'
import type { ConnectionError, TimeoutError } from '../../errors/connection-errors.ts'
import { isConnectionError } from '../../errors/guards.ts'
import { isTransient } from '../not-sent.ts'
import { stringIn } from '../reply-fields.ts'

/**
 * Whether a request is sent again.
 * `key`: if the backend announces that it recognizes a repeat by its idempotency key.
 * `unconditional`: if the request has no `If-Match`. The change of the first attempt would make the condition of a repeat fail.
 */
export type Verdict = 'yes' | 'key' | 'unconditional' | 'no'

/** The kinds of requests; `path` is a write to a path that is not in the contract. */
export type RequestKind = 'read' | 'delete' | 'write' | 'post' | 'path'

/** A row for each kind of request, a column for each outcome. docs/retries.md is generated from this table. */
export const RETRY_POLICY: Readonly<Record<RequestKind, Readonly<Record<RetryReason, Verdict>>>> = {
  read: {
    unreachable: 'yes',
    rate_limited: 'yes',
    in_flight: 'no',
    connection_lost: 'yes',
    timeout: 'yes',
    unavailable: 'yes',
    server_error: 'yes',
  },
  delete: {
    unreachable: 'yes',
    rate_limited: 'yes',
    in_flight: 'no',
    connection_lost: 'yes',
    timeout: 'yes',
    unavailable: 'yes',
    server_error: 'yes',
  },
  write: {
    unreachable: 'yes',
    rate_limited: 'yes',
    in_flight: 'no',
    connection_lost: 'unconditional',
    timeout: 'unconditional',
    unavailable: 'unconditional',
    // The existing backend saves and then replies with 500, every time (existing backend: update an integration).
    server_error: 'no',
  },
  post: {
    unreachable: 'yes',
    rate_limited: 'yes',
    in_flight: 'key',
    connection_lost: 'key',
    timeout: 'key',
    unavailable: 'key',
    server_error: 'key',
  },
  path: {
    unreachable: 'yes',
    rate_limited: 'yes',
    in_flight: 'no',
    connection_lost: 'no',
    timeout: 'no',
    unavailable: 'no',
    server_error: 'no',
  },
}

export function kindOf({ endpointId, method }: Pick<WireRequest, 'endpointId' | 'method'>): RequestKind {
  if (method === 'GET') return 'read'
  if (endpointId === undefined) return 'path'
  return method === 'DELETE' ? 'delete' : method === 'POST' ? 'post' : 'write'
}

/** Why a reply allows a retry; undefined when it is final. */
export function reasonOfReply({
  status,
  body,
}: {
  readonly status: number
  readonly body: JsonObject
}): RetryReason | undefined {
  const code = stringIn(body, 'code')
  if (status === 429) return 'rate_limited'
  if (status === 409) return code === 'idempotency_in_flight' ? 'in_flight' : undefined
  if (status === 408) return 'timeout'
  // With a code the service reports that a vendor refused. Without one a gateway got no reply from the service.
  if (status === 502 || status === 504) return code === undefined ? 'timeout' : undefined
  if (status === 500) return 'server_error'
  return status > 500 && status !== 501 && status !== 505 ? 'unavailable' : undefined
}

/** Why a request without a reply may be sent again; undefined when that would fail in the same way. */
export function reasonOfLoss(error: ConnectionError | TimeoutError): RetryReason | undefined {
  if (!isConnectionError(error) || error.sent === 'unknown') return 'connection_lost'
  return isTransient(error.code) ? 'unreachable' : undefined
}

interface PlannedRetry {
  readonly reason: RetryReason
  /** The number of the retry, from 1. */
  readonly resend: number
  /** The seconds that the service asks to wait. */
  readonly retryAfter: number | undefined
}

/** Milliseconds before the next attempt: full jitter below a limit that doubles, plus the wait that the service asks for. */
export function delayBefore(
  { reason, resend, retryAfter }: PlannedRetry,
  { baseDelay, throttlingBaseDelay, maxDelay }: BackoffOptions,
  random: number,
): number {
  const base = reason === 'rate_limited' ? throttlingBaseDelay : baseDelay
  const limit = Math.min(maxDelay, base * 2 ** (resend - 1))
  return (retryAfter ?? 0) * 1000 + Math.round(random * limit)
}
