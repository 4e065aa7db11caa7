import { type HttpHandler, HttpResponse, http } from 'msw'
import { tell } from './errors.ts'
import type { Serve } from './fetch.ts'

/** The API as a handler of MSW: all that goes to its host. */
export function createHandler(baseUrl: string, serve: Serve): HttpHandler {
  return http.all(
    ({ request }) => new URL(request.url).origin === baseUrl,
    async ({ request }) => {
      try {
        return await serve(request)
      } catch (error) {
        if (!request.signal.aborted) tell(error)
        return HttpResponse.error()
      }
    },
  )
}
