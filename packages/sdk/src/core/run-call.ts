import { attachCompletedWork } from '../errors/base.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { errorTypeOf } from '../errors/error-type.ts'
import { createSecrets, type Secrets } from '../errors/redact.ts'
import type { CallContext } from './context.ts'
import type { CallEvent } from './events.ts'
import { notify } from './notify.ts'
import type { RequestOptions } from './options.ts'
import { checkRequestOptions } from './request-options.ts'
import type { Settings } from './settings.ts'
import { within } from './timeout.ts'

/**
 * Runs the work of a call within `totalTimeout` and the caller's signal, and reports its end. A call on behalf of another one
 * gets its token.
 */
export async function runCall<T>(
  settings: Settings,
  options: RequestOptions,
  work: (call: CallContext) => Promise<T>,
  token?: string,
): Promise<T> {
  checkRequestOptions(options)

  const start = performance.now()
  const ms = settings.totalTimeout
  const state = { ...createState(settings, options, start + ms), token }
  const toError = (): Error => {
    const error = new TimeoutError({ limit: 'totalTimeout', ms, attempts: state.attempts })
    return ((state.isInFlight || state.isInDoubt) && state.outcomeUnknown?.(error)) || error
  }
  const ended = (attributes: CallEvent['attributes']): void =>
    notifyEnd(state, { durationMs: performance.now() - start, attributes })

  try {
    // The very object: the limit's error reads what the work has recorded in it.
    const result = await within({ ms, toError, signal: options.signal }, (signal) =>
      work(Object.assign(state, { signal })),
    )
    ended({})
    return result
  } catch (error) {
    ended({ 'error.type': errorTypeOf(error) })
    throw attachCompletedWork(error, state.completed)
  }
}

const createState = (settings: Settings, options: RequestOptions, deadline: number): Omit<CallContext, 'signal'> => ({
  settings,
  options,
  deadline,
  secrets: secretsIn({ ...settings.callerHeaders, ...options.headers }),
  allowUnverified: options.allowUnverified ?? settings.allowUnverified,
  token: undefined,
  hasNewToken: false,
  isBoundToToken: false,
  generation: undefined,
  observedGeneration: undefined,
  hasRestarted: false,
  attempts: 0,
  totalAttempts: 0,
  isInFlight: false,
  isInDoubt: false,
  outcomeUnknown: undefined,
  completed: { applied: [] },
  endpoints: [],
  unverified: new Set(),
})

function secretsIn(headers: Readonly<Record<string, string>>): Secrets {
  const secrets = createSecrets()
  // The request id is meant to be quoted in messages.
  secrets.add(Object.entries(headers).flatMap(([name, value]) => (isRequestId(name) ? [] : [value])))
  return secrets
}

const isRequestId = (name: string): boolean => name.toLowerCase() === 'x-request-id'

function notifyEnd(
  { settings, endpoints, totalAttempts }: Omit<CallContext, 'signal'>,
  { durationMs, attributes }: Pick<CallEvent, 'durationMs' | 'attributes'>,
): void {
  if (settings.onEvent === undefined) return
  notify(settings.onEvent, {
    type: 'call',
    endpoints: [...endpoints],
    attempts: totalAttempts,
    durationMs,
    attributes,
  })
}
