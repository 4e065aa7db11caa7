import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { afterWriting, type Done, errorTypeOf, TimeoutError } from '../errors/base.ts'
import { createSecrets, type Secrets } from '../errors/redact.ts'
import { type Begun, inItsWords } from '../negotiation/restart.ts'
import type { CallEvent } from './events.ts'
import { tell } from './notify.ts'
import { checkRequestOptions, type RequestOptions, type Settings } from './options.ts'
import { within } from './timeout.ts'

/** One call of a method: it may need several requests. */
export interface Call extends Begun {
  readonly settings: Settings
  readonly options: RequestOptions
  /** Aborts when the caller does, or when the time for the whole call is over. */
  readonly signal: AbortSignal
  readonly secrets: Secrets
  /** How often the present request was sent. */
  attempts: number
  /** What earlier requests have written: every error of the call says it. */
  readonly done: Done
  /** Whether the present request may have been carried out, though nobody said so. */
  unsure: boolean
  /** What a failure means for a create that may have been carried out; undefined while none is under way. */
  lost: ((cause: unknown) => Error) | undefined
  /** Whether an earlier try of the present request may have been carried out, though another was answered. */
  doubtful: boolean
  /** What the present reply shows of its backend. */
  shown: Generation | undefined
  /** What was sent and no reply showed. */
  readonly unverified: Set<string>
  /** Whether secrets may be written to a backend that can not confirm them. */
  readonly allowUnverified: boolean
  /** What was asked so far. */
  readonly endpoints: (EndpointId | undefined)[]
  /** How often anything was sent so far. */
  sent: number
  /** When the time for the whole call is over, by the clock of `performance`. */
  readonly deadline: number
}

/** Runs a call within its limits. */
export async function perform<T>(
  settings: Settings,
  options: RequestOptions,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  checkRequestOptions(options)

  const ms = settings.totalTimeout
  const since = performance.now()
  const deadline = since + ms
  const state: Pick<Call, 'attempts' | 'unsure' | 'lost' | 'sent' | 'doubtful' | 'words' | 'shown' | 'again'> = {
    attempts: 0,
    unsure: false,
    lost: undefined,
    sent: 0,
    doubtful: false,
    words: undefined,
    shown: undefined,
    again: false,
  }
  const endpoints: Call['endpoints'] = []
  const expired = () => {
    const error = new TimeoutError({ limit: 'totalTimeout', ms, attempts: state.attempts })
    return (state.unsure && state.lost?.(error)) || error
  }
  const secrets = createSecrets()
  const done: Done = { applied: [] }
  // A request id is there to be quoted.
  secrets.add(Object.entries(options.headers ?? {}).flatMap(([name, value]) => (isRequestId(name) ? [] : [value])))

  const told = (attributes: CallEvent['attributes']): void => {
    if (settings.onEvent === undefined) return
    const durationMs = performance.now() - since
    tell(settings.onEvent, { type: 'call', endpoints: [...endpoints], attempts: state.sent, durationMs, attributes })
  }

  return within({ ms, expired, signal: options.signal }, (signal) => {
    const { allowUnverified = settings.allowUnverified } = options
    const unverified = new Set<string>()
    const facts = { settings, options, signal, secrets, done, deadline, endpoints, unverified, allowUnverified }
    const call = Object.assign(state, facts)
    return inItsWords(call, () => work(call))
  }).then(
    (result) => {
      told({})
      return result
    },
    (error: unknown) => {
      told({ 'error.type': errorTypeOf(error) })
      throw afterWriting(error, done)
    },
  )
}

const isRequestId = (name: string): boolean => name.toLowerCase() === 'x-request-id'
