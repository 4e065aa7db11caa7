import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { invalid, Refusal } from '../errors/problem-error.ts'
import type { Answer } from '../ports/handler.ts'
import type { Clock, KeptAnswer, KeyRow, Store } from '../ports/ports.ts'
import { toWire } from '../serializers/timestamps.ts'
import type { Turns } from './keyed-mutex.ts'

/** How long keys are remembered, and waited for. */
export interface KeyPolicy {
  /** How long an answer is kept, by the app's clock, in milliseconds. Default: 24 hours. */
  readonly retention: number
  /** How long a call waits for another process that runs the same one, in milliseconds. Default: 2000. */
  readonly patience: number
  /** How it waits: tests need not. Default: a timer. */
  readonly pause: (milliseconds: number) => Promise<unknown>
}

export const DEFAULT_KEY_POLICY: KeyPolicy = {
  retention: 24 * 3_600_000,
  patience: 2000,
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** What a call needs to run once. */
interface Surroundings {
  readonly store: Store
  readonly clock: Clock
  readonly keyPolicy: KeyPolicy
  readonly turns: Turns
  readonly report: (error: unknown) => void
}

/** A call with a key. */
interface KeyedCall {
  readonly organizationId: string
  readonly key: string
  readonly fingerprint: () => string
  readonly run: () => Promise<Answer>
  /** Whether the call wrote anything so far. */
  readonly wrote: () => boolean
}

type Attempt = { readonly answer: Answer; readonly replayed: boolean } | 'in flight'

/** The key of a request; undefined when it has none, or when a repeat does no harm anyway. */
export function readKey(endpointId: EndpointId, request: Request): string | undefined {
  const key = endpointOf(endpointId).method === 'POST' ? request.headers.get('Idempotency-Key') : null
  if (key === null || (key !== '' && key.length <= LENGTH_AT_MOST)) return key ?? undefined
  throw invalid([
    {
      type: key === '' ? 'string_too_short' : 'string_too_long',
      loc: ['header', 'Idempotency-Key'],
      msg: `\`Idempotency-Key\` must have 1 to ${LENGTH_AT_MOST} characters; a UUID will do`,
      code: 'validation_failed',
    },
  ])
}

const LENGTH_AT_MOST = 255

/**
 * Runs a call, or answers what it answered before. Calls of this process with one key take turns; one that another
 * process runs is waited for, for a while. Only an answer is kept: a call that was refused, or that failed before it wrote
 * anything, leaves its key free.
 */
export async function runOnce(house: Surroundings, call: KeyedCall): Promise<Exclude<Attempt, 'in flight'>> {
  const { patience, pause } = house.keyPolicy
  const name = JSON.stringify([call.organizationId, call.key])
  for (let waited = 0; ; waited += POLL_INTERVAL) {
    const attempt = await house.turns(name, () => attemptOnce(house, call))
    if (attempt !== 'in flight') return attempt
    if (waited >= patience) throw inFlight()
    await pause(POLL_INTERVAL)
  }
}

const POLL_INTERVAL = 50

async function attemptOnce(house: Surroundings, call: KeyedCall): Promise<Attempt> {
  const { store, clock, keyPolicy } = house
  const fingerprint = call.fingerprint()
  const now = clock()
  const claim: KeyRow = {
    organization_id: call.organizationId,
    key: call.key,
    fingerprint,
    expires_at: toWire(new Date(now.getTime() + keyPolicy.retention)),
    answer: null,
  }
  const held = await store.keys.claim(claim, toWire(now))
  if (held === undefined) return { answer: await runAndKeep(house, call, claim), replayed: false }

  if (held.fingerprint !== fingerprint) throw mismatch()
  return held.answer === null ? 'in flight' : { answer: recall(held.answer), replayed: true }
}

async function runAndKeep({ store, report }: Surroundings, { run, wrote }: KeyedCall, claim: KeyRow): Promise<Answer> {
  try {
    const answer = await run()
    // The row is there: what fails now is the deployment's to know, and the key stays taken.
    await store.keys.complete({ ...claim, answer: keep(answer) }).catch(report)
    return answer
  } catch (error) {
    // After half of the work nobody can say what a second run would do.
    if (error instanceof Refusal || !wrote()) await store.keys.release(claim).catch(report)
    throw error
  }
}

const keep = ({ reply, version }: Answer): KeptAnswer => ({ reply: reply ?? null, version: version ?? null })

const recall = ({ reply, version }: KeptAnswer): Answer => ({
  reply: reply ?? undefined,
  ...(version !== null && { version }),
})

const mismatch = (): Refusal =>
  new Refusal(
    'idempotency_mismatch',
    'the `Idempotency-Key` was used for another call; send a new key, or the same endpoint and body',
  )

const inFlight = (): Refusal =>
  new Refusal('idempotency_in_flight', 'a call with this `Idempotency-Key` is still running; send it again later', {
    headers: { 'Retry-After': '1' },
  })
