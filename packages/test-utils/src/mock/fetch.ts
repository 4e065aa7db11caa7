import { fetchFailed, logError, TestApiError } from '../core/errors.ts'
import type { Fetch } from '../core/fetch.ts'
import type { Callee, CallSite } from './recording/call-site.ts'

/** Responds to a request, or throws what broke the connection. `callSite` is undefined unless call sites are recorded. */
export type RequestHandler = (request: Request, callSite?: CallSite) => Promise<Response>

/** A `fetch` that serves the API and nothing else. `siteOf` returns where a function was called. */
export function createFetch(
  baseUrl: string,
  handle: RequestHandler,
  siteOf: (callee: Callee) => CallSite | undefined,
): Fetch {
  const fetch: Fetch = async (input, init) => {
    const callSite = siteOf(fetch)
    return send(new Request(input, init), baseUrl, (request) => handle(request, callSite))
  }
  return fetch
}

async function send(request: Request, baseUrl: string, handle: RequestHandler): Promise<Response> {
  // A redirect sends the body again. Cloning is expensive, so a request without a body is not cloned.
  const copy = request.body === null ? request : request.clone()
  const response = await respond(request, baseUrl, handle)

  const location = response.headers.get('Location')
  if (response.status !== 307 || location === null || request.redirect === 'manual')
    return withUrl(response, request.url)
  if (request.redirect === 'error') throw fetchFailed(new Error('unexpected redirect'))
  return send(new Request(new URL(location, request.url), copy), baseUrl, handle)
}

/** Rejects at once when the request is aborted, also while the handler still runs. */
async function respond(request: Request, baseUrl: string, handle: RequestHandler): Promise<Response> {
  const { signal } = request
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([route(request, baseUrl, handle), aborted])
  } catch (error) {
    if (signal.aborted) throw error
    logError(error)
    throw fetchFailed(error)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function route(request: Request, baseUrl: string, handle: RequestHandler): Promise<Response> {
  if (new URL(request.url).origin === baseUrl) return handle(request)
  const { method, url } = request
  throw new TestApiError(
    'UNHANDLED_REQUEST',
    `${method} ${new URL(url).origin} is not the test API at ${baseUrl}, and no other host may be reached`,
  )
}

/** A constructed response has an empty `url`. */
const withUrl = (response: Response, url: string): Response => Object.defineProperty(response, 'url', { value: url })
