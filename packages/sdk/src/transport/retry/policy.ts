import type { WireRequest } from '../../core/wire.ts'
import { type ConnectionError, isConnectionError, type TimeoutError } from '../../errors/base.ts'
import { type ReplyFacts, wordIn } from '../reply-fields.ts'

/** What can become of a request that may call for another try. docs/retries.md says each in words. */
export type RetryReason = 'unreachable' | 'limited' | 'running' | 'lost' | 'unanswered' | 'unavailable' | 'failed'

/**
 * Whether a request is sent again.
 * `key`: where the backend announces that it knows a repeat by its key.
 * `unconditional`: unless it is conditional: a repeat would be refused for the very change that the first try made.
 */
export type Verdict = 'yes' | 'key' | 'unconditional' | 'no'

/** The kinds of requests; `path` is a write to a path that the contract does not have. */
export type RequestKind = 'read' | 'delete' | 'write' | 'post' | 'path'

/** A row for each kind of request, a column for what became of it. docs/retries.md is made from this table. */
export const RETRY_POLICY: Readonly<Record<RequestKind, Readonly<Record<RetryReason, Verdict>>>> = {
  read: {
    unreachable: 'yes',
    limited: 'yes',
    running: 'no',
    lost: 'yes',
    unanswered: 'yes',
    unavailable: 'yes',
    failed: 'yes',
  },
  delete: {
    unreachable: 'yes',
    limited: 'yes',
    running: 'no',
    lost: 'yes',
    unanswered: 'yes',
    unavailable: 'yes',
    failed: 'yes',
  },
  write: {
    unreachable: 'yes',
    limited: 'yes',
    running: 'no',
    lost: 'unconditional',
    unanswered: 'unconditional',
    unavailable: 'unconditional',
    // The existing backend saves and then answers 500 (CONTRACT §1.1): another try would be answered alike.
    failed: 'no',
  },
  post: {
    unreachable: 'yes',
    limited: 'yes',
    running: 'key',
    lost: 'key',
    unanswered: 'key',
    unavailable: 'key',
    failed: 'key',
  },
  path: {
    unreachable: 'yes',
    limited: 'yes',
    running: 'no',
    lost: 'no',
    unanswered: 'no',
    unavailable: 'no',
    failed: 'no',
  },
}

/** The kind of a request. */
export function kindOf({ endpointId, method }: Pick<WireRequest, 'endpointId' | 'method'>): RequestKind {
  if (method === 'GET') return 'read'
  if (endpointId === undefined) return 'path'
  return method === 'DELETE' ? 'delete' : method === 'POST' ? 'post' : 'write'
}

/** What proves that the request was not carried out. */
export const PROOFS: readonly RetryReason[] = ['unreachable', 'limited']

/** What leaves a create without an answer: the service itself has said nothing. */
export const SILENCES: readonly RetryReason[] = ['lost', 'unanswered', 'running']

/** Why a reply may call for another try; undefined when it is final. */
export function reasonOfReply({ status, body }: ReplyFacts): RetryReason | undefined {
  const code = wordIn(body, 'code')
  if (status === 429) return 'limited'
  if (status === 409) return code === 'idempotency_in_flight' ? 'running' : undefined
  if (status === 408) return 'unanswered'
  // With a code it is the service that speaks, of a vendor that refused; without one a gateway that heard nothing.
  if (status === 502 || status === 504) return code === undefined ? 'unanswered' : undefined
  if (status === 500) return 'failed'
  return status > 500 && status !== 501 && status !== 505 ? 'unavailable' : undefined
}

// Of the network's words those that can only come before a byte was sent.
const BEFORE_SENDING = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

/** Why a request without a reply may call for another try. */
export const reasonOfLoss = (error: ConnectionError | TimeoutError): RetryReason =>
  isConnectionError(error) && BEFORE_SENDING.includes(error.code ?? '') ? 'unreachable' : 'lost'

/** How often and how fast. */
export interface Pace {
  readonly attempts: number
  readonly baseDelay: number
  readonly maxDelay: number
}

/** Milliseconds before the next try: full jitter over a limit that doubles, on top of what the service asks for. */
export function delayBefore(resend: number, pace: Pace, retryAfter: number | undefined, random: number): number {
  const limit = Math.min(pace.maxDelay, pace.baseDelay * 2 ** (resend - 1))
  return (retryAfter ?? 0) * 1000 + Math.round(random * limit)
}
