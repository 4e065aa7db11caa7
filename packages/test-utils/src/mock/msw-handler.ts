import * as msw from 'msw'
import { type HttpHandler, HttpResponse, http } from 'msw'
import { logError } from '../core/errors.ts'
import { isPreflight, preflightResponse, withCorsHeaders } from './cors.ts'
import type { RequestHandler } from './fetch.ts'

/** An MSW handler for all requests to the API's host. */
export function createHandler(baseUrl: string, handle: RequestHandler): HttpHandler {
  refuseOldMsw(msw)
  return http.all(
    ({ request }) => new URL(request.url).origin === baseUrl,
    async ({ request }) => {
      if (isPreflight(request)) return preflightResponse(request)
      try {
        return withCorsHeaders(await handle(request), request)
      } catch (error) {
        if (!request.signal.aborted) logError(error)
        return HttpResponse.error()
      }
    },
  )
}

/**
 * On a Node version that MSW 3 does not support, npm installs MSW 2 with only a warning.
 *
 * @throws Error for MSW 2, which has an export that MSW 3 no longer has.
 */
export function refuseOldMsw(exports: object): void {
  if (!('onUnhandledRequest' in exports)) return
  throw new Error(
    'MSW 2 is installed, which ignores `onUnhandledFrame` and would let requests out: install msw@3, on Node 22.12 or newer',
  )
}
