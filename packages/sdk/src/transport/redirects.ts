import type { CallContext } from '../core/call-context.ts'
import type { WireRequest } from '../core/wire.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'

const MAX_REDIRECTS = 5

/** How `fetch` treats a redirect of this request. By default, `fetch` follows redirects. */
export function redirectOption(call: CallContext, request: WireRequest): { readonly redirect?: 'manual' } {
  // fetch removes only `Authorization` before it follows to another origin; other headers of the caller may be secret too.
  return mayFollow(request) && !mayHaveCallerHeaders(call) ? {} : { redirect: 'manual' }
}

/**
 * The response, or the response at the end of its redirects within the origin.
 *
 * @throws ResponseMismatchError for any other redirect.
 */
export async function resolveRedirects(
  call: CallContext,
  request: WireRequest,
  response: Response,
  sendTo: (url: string) => Promise<Response>,
): Promise<Response> {
  if (!isRedirect(response) && !response.redirected) return response

  const { origin } = new URL(call.settings.root)
  let current = response
  for (let count = 0; isRedirect(current); count += 1) {
    const target = mayFollow(request) ? targetOf(current, call.settings.root) : undefined
    current.body?.cancel().catch(() => {})
    if (target === undefined || count === MAX_REDIRECTS) throw notFollowed(request, current)
    if (target.origin !== origin) throw toOtherOrigin(call, request, current, target.origin)
    current = await sendTo(target.href)
  }

  // `fetch` itself may have followed a redirect.
  const reached = current.redirected && URL.canParse(current.url) ? new URL(current.url).origin : origin
  if (reached === origin) return current
  current.body?.cancel().catch(() => {})
  throw toOtherOrigin(call, request, current, reached)
}

// A followed redirect changes the method or drops the body of a write, and a path of the caller's own stays inside the service.
const mayFollow = ({ method, endpointId }: WireRequest): boolean => method === 'GET' && endpointId !== undefined

const mayHaveCallerHeaders = ({ options, settings: { callerHeaders, http } }: CallContext): boolean =>
  http.hasHooks || Object.keys({ ...callerHeaders, ...options.headers }).length > 0

// Browsers show a redirect that is not followed with status 0.
const isRedirect = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)

function targetOf({ headers, url }: Response, root: string): URL | undefined {
  const location = headers.get('Location')
  const base = URL.canParse(url) ? url : root
  return location !== null && URL.canParse(location, base) ? new URL(location, base) : undefined
}

const notFollowed = ({ endpointId, method, path }: WireRequest, { status }: Response): ResponseMismatchError =>
  new ResponseMismatchError(
    `${method} ${path} was answered with a redirect, which is not followed; check \`baseUrl\``,
    { endpoint: endpointId, status, requestId: undefined },
  )

const toOtherOrigin = (
  { secrets }: CallContext,
  { endpointId, method, path }: WireRequest,
  { status }: Response,
  origin: string,
): ResponseMismatchError =>
  new ResponseMismatchError(
    `${method} ${path} was redirected to another origin, ${secrets.hide(origin)}, which gets no credentials; check \`baseUrl\``,
    { endpoint: endpointId, status, requestId: undefined },
  )
