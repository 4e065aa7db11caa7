import type { EndpointId } from '@ai-ticket-creator/domain'

/** A request of a call, and how often it was sent. */
export interface LoggedRequest {
  readonly endpointId: EndpointId | undefined
  attempts: number
}

/** The requests of a call so far: for its event, and for the error of its time limit. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[]
  /** How often the current request was sent. */
  readonly attempts: number
  /** Adds a request that was not sent yet. */
  begin(endpointId: EndpointId | undefined): LoggedRequest
}

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = []
  return {
    requests,
    get attempts() {
      return requests.at(-1)?.attempts ?? 0
    },
    begin(endpointId) {
      const request = { endpointId, attempts: 0 }
      requests.push(request)
      return request
    },
  }
}
