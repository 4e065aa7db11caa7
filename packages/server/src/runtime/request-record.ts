import type { EndpointId } from '@ai-ticket-creator/domain'
import { endpointAt } from '@ai-ticket-creator/reference-api'

/** A request in logs, metrics and counts of deprecated names. Only the request id can be a text that the caller chose. */
interface RequestRecord {
  readonly requestId: string | null
  readonly method: string
  /** Recorded instead of the path: a caller may write a secret into a path or a query. */
  readonly endpoint: EndpointId | 'unknown'
  readonly status: number
  readonly generation: string | null
  readonly milliseconds: number
}

/** Called after each request. */
export type Observer = (record: RequestRecord, request: Request, response: Response) => void

type Fetch = (request: Request) => Promise<Response>

/** Calls the observers after each request. */
export const observeRequests =
  (fetch: Fetch, observers: readonly Observer[]): Fetch =>
  async (request) => {
    const started = performance.now()
    const response = await fetch(request)
    const record = toRecord(request, response, performance.now() - started)
    for (const observe of observers) observe(record, request, response)
    return response
  }

const toRecord = (request: Request, { status, headers }: Response, milliseconds: number): RequestRecord => ({
  requestId: headers.get('X-Request-Id'),
  method: request.method,
  endpoint: endpointAt(request.method, new URL(request.url).pathname) ?? 'unknown',
  status,
  generation: headers.get('API-Generation'),
  milliseconds: Math.round(milliseconds),
})
