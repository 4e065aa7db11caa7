import { fetchFailed, logError, TestApiError } from '../core/errors.ts'
import type { Fetch } from '../core/fetch.ts'
import type { Callee } from './recording/call-site.ts'

/** Answers a request, or throws what broke the connection. `callSite`: where it was sent, when somebody wants to know. */
export type RequestHandler = (request: Request, callSite?: string) => Promise<Response>

/** A `fetch` that reaches the API and nothing else. `siteOf`: where a function was called. */
export function createFetch(
  baseUrl: string,
  serve: RequestHandler,
  siteOf: (callee: Callee) => string | undefined,
): Fetch {
  const fetch: Fetch = (input, init) => {
    const callSite = siteOf(fetch)
    return send(new Request(input, init), baseUrl, (request) => serve(request, callSite))
  }
  return fetch
}

async function send(request: Request, baseUrl: string, serve: RequestHandler): Promise<Response> {
  const again = request.clone()
  const response = await answered(request, baseUrl, serve)

  const location = response.headers.get('Location')
  if (response.status !== 307 || location === null || request.redirect === 'manual') return at(response, request.url)
  if (request.redirect === 'error') throw fetchFailed(new Error('unexpected redirect'))
  return send(new Request(new URL(location, request.url), again), baseUrl, serve)
}

/** The answer; whoever aborts is let go at once. */
async function answered(request: Request, baseUrl: string, serve: RequestHandler): Promise<Response> {
  const { signal } = request
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([reach(request, baseUrl, serve), aborted])
  } catch (error) {
    if (signal.aborted) throw error
    logError(error)
    throw fetchFailed(error)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function reach(request: Request, baseUrl: string, serve: RequestHandler): Promise<Response> {
  if (new URL(request.url).origin === baseUrl) return serve(request)
  const { method, url } = request
  throw new TestApiError(
    'UNHANDLED_REQUEST',
    `${method} ${new URL(url).origin} does not go to the test API at ${baseUrl}, and nothing else may be reached`,
  )
}

/** A response that was made, not received, does not know where it comes from. */
const at = (response: Response, url: string): Response => Object.defineProperty(response, 'url', { value: url })
