import type { Evidence } from './client-state.ts'
import type { WithResponse } from './result.ts'
import type { WireReply } from './wire.ts'

/**
 * Whether a request was executed. `not-executed`: no attempt reached the service, or it refused all of them. `in-doubt`: it
 * may have been executed, but no reply proves it. `answered`: the reply shows the outcome.
 */
export type Delivery = 'not-executed' | 'in-doubt' | 'answered'

/** A reply whose body is parsed, but not translated to the current form. */
export interface ParsedReply extends WireReply {
  readonly requestId: string | undefined
  /** The JSON value; undefined for a reply without a body. In an error reply always an object, which may be empty. */
  readonly body: unknown
}

/** The data of a reply that can be used, or the error of the request. */
export type Verified =
  | { readonly result: WithResponse<unknown>; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: unknown }

/** The outcome of a request. */
export type Exchange = Verified & {
  readonly delivery: Delivery
  /** How often the request was sent. */
  readonly attempts: number
  /** Undefined when no complete reply arrived. */
  readonly reply: WireReply | undefined
  /** Undefined when there is no reply, or when it cannot be parsed. */
  readonly parsed: ParsedReply | undefined
  /** What the reply shows about the generation of the backend. */
  readonly evidence: Evidence | undefined
}
