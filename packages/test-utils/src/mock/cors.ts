// Simulated browsers such as happy-dom and jsdom enforce CORS: they send a preflight through the network that MSW
// intercepts, and they hide a response without these headers.

/** Whether the request is the preflight that a browser sends before a request to another origin. */
export const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && (headers.has('Access-Control-Request-Method') || isInPage())

/** Allows the request for every origin, method and header. */
export function preflightResponse({ headers }: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': headers.get('Origin') ?? '*',
      'Access-Control-Allow-Methods': headers.get('Access-Control-Request-Method') ?? '*',
      'Access-Control-Allow-Headers': headers.get('Access-Control-Request-Headers') ?? '*',
    },
  })
}

/** Lets a page read the response and all of its headers. Without a page and without an `Origin`, nothing is added. */
export function withCorsHeaders(response: Response, request: Request): Response {
  const origin = request.headers.get('Origin')
  if (origin === null && !isInPage()) return response

  const headers = new Headers(response.headers)
  headers.set('Access-Control-Expose-Headers', [...response.headers.keys()].join(', '))
  headers.set('Access-Control-Allow-Origin', origin ?? '*')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

// In a page, MSW creates requests with the page's `Request` class, which hides `Origin` and the other CORS headers.
const isInPage = (): boolean => 'document' in globalThis
