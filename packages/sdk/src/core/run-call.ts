import { attachCompletedWork, type CompletedWork } from '../errors/base.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { errorTypeOf } from '../errors/error-type.ts'
import { createSecrets } from '../errors/redact.ts'
import { withRestart } from '../negotiation/restart.ts'
import type { CallContext } from './context.ts'
import type { CallEvent } from './events.ts'
import { notify } from './notify.ts'
import type { RequestOptions } from './options.ts'
import { checkRequestOptions } from './request-options.ts'
import type { Settings } from './settings.ts'
import { within } from './timeout.ts'

/** Runs a call within its limits. */
export async function runCall<T>(
  settings: Settings,
  options: RequestOptions,
  work: (call: CallContext) => Promise<T>,
): Promise<T> {
  checkRequestOptions(options)

  const ms = settings.totalTimeout
  const since = performance.now()
  const deadline = since + ms
  const state: Pick<
    CallContext,
    'attempts' | 'unsure' | 'lost' | 'totalAttempts' | 'doubtful' | 'generation' | 'observedGeneration' | 'restarted'
  > = {
    attempts: 0,
    unsure: false,
    lost: undefined,
    totalAttempts: 0,
    doubtful: false,
    generation: undefined,
    observedGeneration: undefined,
    restarted: false,
  }
  const endpoints: CallContext['endpoints'] = []
  const expired = () => {
    const error = new TimeoutError({ limit: 'totalTimeout', ms, attempts: state.attempts })
    return (state.unsure && state.lost?.(error)) || error
  }
  const secrets = createSecrets()
  const done: CompletedWork = { applied: [] }
  // A request id is there to be quoted.
  secrets.add(Object.entries(options.headers ?? {}).flatMap(([name, value]) => (isRequestId(name) ? [] : [value])))

  const told = (attributes: CallEvent['attributes']): void => {
    if (settings.onEvent === undefined) return
    const durationMs = performance.now() - since
    notify(settings.onEvent, {
      type: 'call',
      endpoints: [...endpoints],
      attempts: state.totalAttempts,
      durationMs,
      attributes,
    })
  }

  return within({ ms, expired, signal: options.signal }, (signal) => {
    const { allowUnverified = settings.allowUnverified } = options
    const unverified = new Set<string>()
    const facts = { settings, options, signal, secrets, done, deadline, endpoints, unverified, allowUnverified }
    const call = Object.assign(state, facts)
    return withRestart(call, () => work(call))
  }).then(
    (result) => {
      told({})
      return result
    },
    (error: unknown) => {
      told({ 'error.type': errorTypeOf(error) })
      throw attachCompletedWork(error, done)
    },
  )
}

const isRequestId = (name: string): boolean => name.toLowerCase() === 'x-request-id'
