import { attachCompletedWork } from '../errors/base.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { errorTypeOf } from '../errors/error-type.ts'
import { isOutcomeUnknownError } from '../errors/guards.ts'
import { createSecrets } from '../errors/redact.ts'
import { addSecretHeaders } from '../errors/secret-headers.ts'
import type { CallContext, ClientContext } from './call-context.ts'
import { type CallLimit, createCallLimit } from './call-limit.ts'
import { createRequestLog, createWrittenWork, type RequestLog } from './call-progress.ts'
import { createCallToken } from './call-token.ts'
import type { CallEvent } from './events.ts'
import { notify } from './notify.ts'
import type { RequestOptions } from './options.ts'
import { checkRequestOptions } from './request-options.ts'
import { type ReplacedResponse, type ReplaceResult, type Result, toResult, type WithResponse } from './result.ts'
import { StartAgainError } from './start-again.ts'

/** Runs the work of a method as one call. */
export interface Caller {
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<ReplacedResponse<T>>): ReplaceResult<T>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T>
}

/** Creates the function through which every method of a client runs. */
export const createCaller =
  (client: ClientContext): Caller =>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): ReplaceResult<T> =>
    // The overloads of `Caller` distinguish the two kinds of results.
    toResult(runCall(client, options, work)) as ReplaceResult<T>

/**
 * Runs the work of a call within `totalTimeout` and the caller's signal, and reports its end. If the backend turns out to be of
 * another generation than assumed, the work runs once more. `token`: the token of the call on whose behalf this one runs.
 */
export async function runCall<T>(
  client: ClientContext,
  options: RequestOptions,
  work: (call: CallContext) => Promise<T>,
  token?: string,
): Promise<T> {
  checkRequestOptions(options)

  const start = performance.now()
  const { totalTimeout: ms, onEvent } = client.settings
  const [log, written] = [createRequestLog(), createWrittenWork()]
  const toError = () => new TimeoutError({ limit: 'totalTimeout', ms, attempts: log.attempts })
  const limit = createCallLimit({ ms, toError, signal: options.signal })
  const ended = (attributes: CallEvent['attributes']): void => {
    if (onEvent !== undefined) notify(onEvent, toEvent(log, performance.now() - start, attributes))
  }

  try {
    options.signal?.throwIfAborted()
    const result = await startAgainOnce(createCall(client, options, { limit, log, written }, token), work)
    ended({})
    return result
  } catch (cause) {
    const error = reasonOf(limit, options, cause)
    ended({ 'error.type': errorTypeOf(error) })
    throw attachCompletedWork(error, written)
  } finally {
    limit.release()
  }
}

function createCall(
  client: ClientContext,
  options: RequestOptions,
  own: Pick<CallContext, 'limit' | 'log' | 'written'>,
  inherited: string | undefined,
): CallContext {
  const { settings, state, createDialect } = client
  const secrets = createSecrets()
  addSecretHeaders(Object.entries({ ...settings.callerHeaders, ...options.headers }), secrets)
  return {
    settings,
    state,
    createDialect,
    options,
    secrets,
    token: createCallToken({ option: settings.token, secrets, limit: own.limit, inherited }),
    dialect: createDialect(),
    allowUnverified: options.allowUnverified ?? settings.allowUnverified,
    ...own,
  }
}

async function startAgainOnce<T>(call: CallContext, work: (call: CallContext) => Promise<T>): Promise<T> {
  try {
    return await work(call)
  } catch (error) {
    if (!(error instanceof StartAgainError)) throw error
    return await work({ ...call, dialect: call.createDialect(error.generation) })
  }
}

/** The error that the caller gets. After an abort it is the reason of the abort, and not an error that followed from it. */
function reasonOf({ isOver, reason }: CallLimit, options: RequestOptions, error: unknown): unknown {
  if (!isOver) return error
  // After the time limit, a create in doubt keeps its error, whose cause is the limit.
  const isOfCaller = options.signal?.aborted === true && options.signal.reason === reason
  return !isOfCaller && isOutcomeUnknownError(error) ? error : reason
}

const toEvent = ({ requests }: RequestLog, durationMs: number, attributes: CallEvent['attributes']): CallEvent => ({
  type: 'call',
  endpoints: requests.map(({ endpointId }) => endpointId),
  attempts: requests.reduce((sum, { attempts }) => sum + attempts, 0),
  durationMs,
  attributes,
})
