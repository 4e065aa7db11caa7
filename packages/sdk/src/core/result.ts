import type { EndpointId, Generation, ReplyMismatch } from '@ai-ticket-creator/domain'

/** The metadata of a reply. */
export interface ResponseMetadata {
  readonly status: number
  readonly headers: Headers
  /** The `X-Request-Id` of the reply. */
  readonly requestId: string | undefined
  /** The generation that the request was encoded in; undefined for a path that is not in the contract. */
  readonly requestGeneration: 'legacy' | 'current' | undefined
  /** The generation that was detected from the reply; undefined if there is none. */
  readonly generation: Generation | undefined
}

/** A deviation of a reply from the contract: paths and types, never a value. */
export interface Drift extends ReplyMismatch {
  readonly endpoint: EndpointId
  readonly status: number
  readonly requestId: string | undefined
}

/** The data of a reply and its metadata. When a method sent several requests, both are from the last reply. */
export interface WithResponse<T> {
  readonly data: T
  readonly response: ResponseMetadata
  /**
   * Fields that were sent and that no reply contains, under their current names: it is unknown whether the backend stored
   * them.
   */
  readonly unverified: readonly string[]
}

/** The result of `withResponse()` after a replacement. */
export interface ReplacedResponse<T> extends WithResponse<T> {
  /** Fields that were not sent and that the backend may have cleared; empty for a backend that keeps them. */
  readonly cleared: readonly string[]
}

/** A promise of the data; `withResponse()` also returns status, headers and request id. */
export interface Result<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>
  /**
   * The reply as the backend sent it; after several requests, the last reply. Rejects with the error of the method. Every
   * call returns a new `Response`.
   */
  asResponse(): Promise<Response>
}

/** A promise of the replaced data; `withResponse()` also lists the fields that may have been cleared. */
export interface ReplaceResult<T> extends Result<T> {
  withResponse(): Promise<ReplacedResponse<T>>
}

/** The result of a method, made of the promise of its reply. */
export function toResult<T>(reply: Promise<ReplacedResponse<T>>): ReplaceResult<T>
export function toResult<T>(reply: Promise<WithResponse<T>>): Result<T>
export function toResult<T>(reply: Promise<WithResponse<T>>): Result<T> {
  const data = reply.then((decoded) => decoded.data)
  const withResponse = (): Promise<WithResponse<T>> => {
    // A caller that uses only this promise must not get an unhandled rejection of the other one.
    data.catch(() => {})
    return reply
  }
  const asResponse = async (): Promise<Response> => toRawResponse((await withResponse()).response)
  return Object.assign(data, { withResponse, asResponse })
}

// The bodies of replies. They are stored outside of the metadata, so that logs and comparisons do not contain them.
const texts = new WeakMap<ResponseMetadata, string>()

/** Keeps the body of the reply for `asResponse()`. */
export function withText(metadata: ResponseMetadata, text: string): ResponseMetadata {
  texts.set(metadata, text)
  return metadata
}

function toRawResponse(metadata: ResponseMetadata): Response {
  const { status } = metadata
  const headers = new Headers(metadata.headers)
  // The text is decoded already.
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name)
  const isEmpty = status === 204 || status === 205 || status === 304
  return new Response(isEmpty ? null : (texts.get(metadata) ?? ''), { status, headers })
}
