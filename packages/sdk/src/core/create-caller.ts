import type { CallContext, ClientContext } from './call-context.ts'
import type { RequestOptions } from './options.ts'
import { type ReplacedResponse, type ReplaceResult, type Result, toResult, type WithResponse } from './result.ts'
import { runCall } from './run-call.ts'

/** Runs the work of a method as one call. */
export interface Caller {
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<ReplacedResponse<T>>): ReplaceResult<T>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): Result<T>
}

/** Every method of a client runs through its caller. */
export const createCaller =
  (client: ClientContext): Caller =>
  <T>(options: RequestOptions, work: (call: CallContext) => Promise<WithResponse<T>>): ReplaceResult<T> =>
    // By the overloads, only one of the two kinds of work has `cleared` in its result.
    toResult(runCall(client, options, work)) as ReplaceResult<T>
