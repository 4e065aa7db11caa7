// Simulated browsers such as happy-dom enforce CORS: they send a preflight through the network that MSW intercepts, and
// read a response only with these headers.

/** Whether a browser asks for permission to send another request. */
export const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('Origin') && headers.has('Access-Control-Request-Method')

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

/** Lets the origin of the request read the response and all of its headers. Without an `Origin` nothing is added. */
export function withCorsHeaders(response: Response, request: Request): Response {
  const origin = request.headers.get('Origin')
  if (origin === null) return response

  const headers = new Headers(response.headers)
  headers.set('Access-Control-Expose-Headers', [...response.headers.keys()].join(', '))
  headers.set('Access-Control-Allow-Origin', origin)
  headers.append('Vary', 'Origin')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
