/** What can be known of a reply beside its data. */
export interface ResponseFacts {
  readonly status: number
  readonly headers: Headers
  readonly requestId: string | undefined
}

/** The data of a reply with the facts around it. When a method made several calls, those of the last. */
export interface WithResponse<T> {
  readonly data: T
  readonly response: ResponseFacts
}

/** A promise of the data; `withResponse()` gives status, headers and request id as well. */
export interface Result<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>
}

export function toResult<T>(reply: Promise<WithResponse<T>>): Result<T> {
  const data = reply.then((known) => known.data)
  const withResponse = (): Promise<WithResponse<T>> => {
    // Who looks here only would otherwise see an unhandled rejection of the other promise.
    data.catch(() => {})
    return reply
  }
  return Object.assign(data, { withResponse })
}
