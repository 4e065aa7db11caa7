import type { CallContext } from '../core/call-context.ts'
import type { RequestOptions } from '../core/options.ts'
import { type ReplacedResponse, type ReplaceResult, type Result, toResult, type WithResponse } from '../core/result.ts'
import { runCall } from '../core/run-call.ts'
import type { Settings } from '../core/settings.ts'
import { withRestart } from './restart.ts'

/** Runs the work of a method as one call. */
export interface Caller {
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<ReplacedResponse<T>>): ReplaceResult<T>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T>
}

/** Every method of a client runs through its caller: within the limits of a call, and restarted where that is allowed. */
export const createCaller =
  (settings: Settings): Caller =>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): ReplaceResult<T> =>
    // The overloads say which of the two kinds of work has `cleared` in its result.
    toResult(runCall(settings, options, (call) => withRestart(call, () => work(call)))) as ReplaceResult<T>
