import { endpointAt } from '@ai-ticket-creator/reference-api'
import type { Log } from './log.ts'

type Fetch = (request: Request) => Promise<Response>

/**
 * Logs every request to the API with its result. The path is logged as the endpoint: what a caller wrote into a path or
 * a query can be a secret.
 */
export const logRequests =
  (fetch: Fetch, log: Log): Fetch =>
  async (request) => {
    const started = performance.now()
    const response = await fetch(request)
    log.info(
      {
        request_id: response.headers.get('X-Request-Id') ?? undefined,
        method: request.method,
        endpoint: endpointAt(request.method, new URL(request.url).pathname) ?? 'unknown',
        status: response.status,
        generation: response.headers.get('API-Generation') ?? undefined,
        milliseconds: Math.round(performance.now() - started),
      },
      'request',
    )
    return response
  }
