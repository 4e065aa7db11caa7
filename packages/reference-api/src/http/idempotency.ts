import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { invalid, ProblemError } from '../errors/problem-error.ts'
import type { Claim, HandlerResult } from '../ports/handler.ts'
import type { Clock, IdempotencyRecord, Store, StoredResponse } from '../ports/ports.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import type { KeyedMutex } from './keyed-mutex.ts'

/** How long idempotency keys are stored, and how long a call waits for another one with its key. */
export interface IdempotencyPolicy {
  /** How long a response is stored, by the app's clock, in milliseconds. Default: 24 hours. */
  readonly retention: number
  /** How long a call counts as running, by the app's clock, in milliseconds; no call may take longer. Default: a minute. */
  readonly lease: number
  /** How long a call waits while another process runs a call with the same key, in milliseconds. Default: 2000. */
  readonly waitTimeout: number
  /** The function that waits. Default: a timer. A test can pass one that resolves at once. */
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

export const DEFAULT_IDEMPOTENCY_POLICY: IdempotencyPolicy = {
  retention: 24 * 3_600_000,
  lease: 60_000,
  waitTimeout: 2000,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

interface IdempotencyContext {
  readonly store: Store
  readonly clock: Clock
  readonly keyPolicy: IdempotencyPolicy
  readonly mutex: KeyedMutex
  readonly report: (error: unknown) => void
}

/** A call with a key. */
interface KeyedCall {
  readonly organizationId: string
  readonly key: string
  readonly fingerprint: () => string
  readonly run: (claim: Claim) => Promise<HandlerResult>
  /** The last record that the call has stored together with a row. */
  readonly stored: () => IdempotencyRecord | undefined
}

type Attempt = { readonly result: HandlerResult; readonly replayed: boolean } | 'in flight'

/** The key of a request; undefined without one, and for methods that can be repeated safely. */
export function readKey(endpointId: EndpointId, request: Request): string | undefined {
  const key = endpointOf(endpointId).method === 'POST' ? request.headers.get('Idempotency-Key') : null
  if (key === null || (key !== '' && key.length <= MAX_KEY_LENGTH)) return key ?? undefined
  throw invalid([
    {
      type: key === '' ? 'string_too_short' : 'string_too_long',
      loc: ['header', 'Idempotency-Key'],
      msg: `\`Idempotency-Key\` must have 1 to ${MAX_KEY_LENGTH} characters; use a UUID`,
      code: 'validation_failed',
    },
  ])
}

const MAX_KEY_LENGTH = 255

/**
 * Runs a call, or returns the stored result of an earlier call with the same key. Within this process a mutex orders the
 * calls of one key; a call that another process runs is polled until `waitTimeout`. A refusal, and a failure before the
 * first write, free the key.
 *
 * If the process ends during a call, its key is locked until the lease ends. After that, a repeat runs the call again if
 * nothing was written; otherwise it gets the provisional result.
 */
export async function runOnce(context: IdempotencyContext, call: KeyedCall): Promise<Exclude<Attempt, 'in flight'>> {
  const { waitTimeout, sleep } = context.keyPolicy
  const name = JSON.stringify([call.organizationId, call.key])
  for (let waited = 0; ; waited += POLL_INTERVAL) {
    const attempt = await context.mutex(name, () => attemptOnce(context, call))
    if (attempt !== 'in flight') return attempt
    if (waited >= waitTimeout) throw inFlight()
    await sleep(POLL_INTERVAL)
  }
}

const POLL_INTERVAL = 50

async function attemptOnce(context: IdempotencyContext, call: KeyedCall): Promise<Attempt> {
  const { store, clock, keyPolicy } = context
  const fingerprint = call.fingerprint()
  const now = clock()
  const record: IdempotencyRecord = {
    organization_id: call.organizationId,
    key: call.key,
    fingerprint,
    expires_at: after(now, keyPolicy.retention),
    lease_until: after(now, keyPolicy.lease),
    response: null,
  }
  const stored = await store.keys.claim(record, toTimestamp(now))
  if (stored === undefined) return { result: await runAndStore(context, call, record), replayed: false }

  if (stored.fingerprint !== fingerprint) throw mismatch()
  const isRunning = stored.lease_until !== null && stored.lease_until > toTimestamp(now)
  if (isRunning || stored.response === null) return 'in flight'
  return { result: fromStored(stored.response), replayed: true }
}

const after = (now: Date, milliseconds: number): string => toTimestamp(new Date(now.getTime() + milliseconds))

async function runAndStore(
  { store, report }: IdempotencyContext,
  { run, stored }: KeyedCall,
  record: IdempotencyRecord,
): Promise<HandlerResult> {
  const claim: Claim = {
    completed: (result) => ({ ...record, lease_until: null, response: toStored(result) }),
    provisional: (result) => ({ ...record, response: toStored(result) }),
  }
  try {
    const result = await run(claim)
    // A failure here is reported and does not fail the call, whose work is done.
    if (stored()?.lease_until !== null) await store.keys.complete(claim.completed(result)).catch(report)
    return result
  } catch (error) {
    // After a write a second run is not safe: the key stays claimed.
    if (error instanceof ProblemError || stored() === undefined) await store.keys.release(record).catch(report)
    throw error
  }
}

const toStored = ({ reply, version }: HandlerResult): StoredResponse => ({
  reply: reply ?? null,
  version: version ?? null,
})

const fromStored = ({ reply, version }: StoredResponse): HandlerResult => ({
  reply: reply ?? undefined,
  ...(version !== null && { version }),
})

const mismatch = (): ProblemError =>
  new ProblemError(
    'idempotency_mismatch',
    'the `Idempotency-Key` was used for another call; send a new key, or the same endpoint and body',
  )

const inFlight = (): ProblemError =>
  new ProblemError(
    'idempotency_in_flight',
    'a call with this `Idempotency-Key` is still running; send it again later',
    { headers: { 'Retry-After': '1' } },
  )
