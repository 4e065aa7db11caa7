import type { EndpointId, Generation, ReplyMismatch } from '@ai-ticket-creator/domain'
import { capabilitiesIn } from '../negotiation/backend-state.ts'

/** What can be known of a reply beside its data. */
export interface ResponseFacts {
  readonly status: number
  readonly headers: Headers
  readonly requestId: string | undefined
  /** The words that the request was sent in; undefined for a path that the contract does not have. */
  readonly spoken: 'legacy' | 'current' | undefined
  /** What the reply shows of its backend; undefined when it shows nothing. */
  readonly generation: Generation | undefined
}

/** Something in a reply that the contract does not say: places and kinds, never a value. */
export interface Drift extends ReplyMismatch {
  readonly endpoint: EndpointId
  readonly status: number
  readonly requestId: string | undefined
}

/** The data of a reply with the facts around it. When a method made several calls, those of the last. */
export interface WithResponse<T> {
  readonly data: T
  readonly response: ResponseFacts
  /** What was sent and no reply shows: whether the backend kept it is not known. Old names are given as the new ones. */
  readonly unverified: readonly string[]
}

/** What `withResponse()` gives after a replacement. */
export interface ReplacedResponse<T> extends WithResponse<T> {
  /** The fields that were not given and that the backend may have cleared; none where it leaves them alone. */
  readonly cleared: readonly string[]
}

/** A promise of the data; `withResponse()` gives status, headers and request id as well. */
export interface Result<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>
}

/** A promise of the replaced data; `withResponse()` tells as well what that may have cleared. */
export interface ReplaceResult<T> extends Result<T> {
  withResponse(): Promise<ReplacedResponse<T>>
}

export function toResult<T>(reply: Promise<ReplacedResponse<T>>): ReplaceResult<T>
export function toResult<T>(reply: Promise<WithResponse<T>>): Result<T>
export function toResult<T>(reply: Promise<WithResponse<T>>): Result<T> {
  const data = reply.then((known) => known.data)
  const withResponse = (): Promise<WithResponse<T>> => {
    // Who looks here only would otherwise see an unhandled rejection of the other promise.
    data.catch(() => {})
    return reply
  }
  return Object.assign(data, { withResponse })
}

/** Whether the backend says that it can do something. */
export const announces = ({ headers }: ResponseFacts, capability: string): boolean =>
  capabilitiesIn(headers).includes(capability)
