import * as msw from 'msw'
import { type HttpHandler, HttpResponse, http } from 'msw'
import { logError } from '../core/errors.ts'
import type { RequestHandler } from './fetch.ts'

/** The API as a handler of MSW: all that goes to its host. */
export function createHandler(baseUrl: string, serve: RequestHandler): HttpHandler {
  refuseOldMsw(msw)
  return http.all(
    ({ request }) => new URL(request.url).origin === baseUrl,
    async ({ request }) => {
      try {
        return await serve(request)
      } catch (error) {
        if (!request.signal.aborted) logError(error)
        return HttpResponse.error()
      }
    },
  )
}

/** npm installs MSW 2 on a Node that MSW 3 does not want, with no more than a warning. */
export function refuseOldMsw(names: object): void {
  // One of its exports that MSW 3 no longer has: the version itself is not among them.
  if (!('onUnhandledRequest' in names)) return
  throw new Error(
    'MSW 2 is installed, which ignores `onUnhandledFrame` and would let requests out: install msw@3, on Node 22.12 or newer',
  )
}
