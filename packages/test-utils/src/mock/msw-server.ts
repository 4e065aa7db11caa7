import { HttpResponse, type RequestHandler } from 'msw'
import { logError, TestApiError } from '../core/errors.ts'
import { createTestApi, type TestApi, type TestApiOptions } from './create-test-api.ts'

/** How a test API is started. */
export interface StartOptions extends TestApiOptions {
  /** Your own handlers, for other services that the code under test calls. They come after those of the API. */
  readonly handlers?: readonly RequestHandler[]
  /** What may be reached although no handler serves it, such as a server that the test itself runs. Default: nothing. */
  readonly allow?: (url: URL) => boolean
}

/** A test API that the global `fetch` reaches. */
export interface RunningTestApi extends TestApi, Disposable {
  /** Ends it; when the last one ends, the network is as before. */
  readonly close: () => void
}

/** A frame of MSW, as far as it is looked at here. */
interface Frame {
  readonly frame: { readonly protocol: string; readonly data: unknown }
}

interface Network {
  readonly resetHandlers: (...handlers: RequestHandler[]) => void
}

type Running = Required<Pick<StartOptions, 'handlers' | 'allow'>> & { readonly api: TestApi }

/** The APIs that run in this process: one network serves them all, each is found by its host. */
export function createStarter<N extends Network>(
  open: (onUnhandledFrame: (args: Frame) => void) => N,
  shut: (network: N) => void,
) {
  const running = new Map<string, Running>()
  let network: N | undefined

  function route(): void {
    const all = [...running.values()]
    if (all.length === 0) {
      if (network !== undefined) shut(network)
      network = undefined
      return
    }
    network ??= open(
      refuseUnless(
        (url) => [...running.values()].some(({ allow }) => allow(url)),
        () => `; test APIs run at ${[...running.keys()].join(', ')}, and \`allow\` says what else may be reached`,
      ),
    )
    network.resetHandlers(...all.flatMap(({ api }) => api.handlers), ...all.flatMap(({ handlers }) => handlers))
  }

  return function start(options: StartOptions): RunningTestApi {
    const { handlers = [], allow = () => false, ...others } = options
    const api = createTestApi(others)
    if (running.has(api.baseUrl))
      throw new RangeError(`\`baseUrl\`: a test API runs at ${api.baseUrl} already; close it, or leave \`baseUrl\` out`)

    const one = { api, handlers, allow }
    running.set(api.baseUrl, one)
    route()
    const close = (): void => {
      if (running.get(api.baseUrl) !== one) return
      running.delete(api.baseUrl)
      route()
    }
    // Assigned, not spread: a copy would freeze `requests` and `generation`.
    return Object.assign(api, { close, [Symbol.dispose]: close })
  }
}

/**
 * For an MSW server of your own: `server.listen({ onUnhandledFrame: unhandledIsError })`. A request that no handler serves
 * is an error, and none leaves the process. MSW's own `'error'` lets through what looks like a file, such as `/logo.png`.
 */
export const unhandledIsError: (args: Frame) => void = refuseUnless(() => false)

function refuseUnless(mayLeave: (url: URL) => boolean, hint = () => ''): (args: Frame) => void {
  return ({ frame }) => {
    const { method, url } = destinationOf(frame)
    if (mayLeave(url)) return

    const where = `${method} ${url.origin}${url.pathname}`
    const error = new TestApiError('UNHANDLED_REQUEST', `${where} is served by no handler, and may not leave${hint()}`)
    logError(error)
    // `defaults.error()` of MSW prints, and lets the request go. What is thrown stops it: a response is what the caller
    // gets, here a broken connection; an error would be a 500 for a request, but is what a WebSocket takes.
    throw frame.protocol === 'http' ? HttpResponse.error() : error
  }
}

// MSW has frames of two kinds; their data is typed by the protocol only.
function destinationOf({ protocol, data }: Frame['frame']): { readonly method: string; readonly url: URL } {
  if (protocol === 'http') {
    const { request } = data as { readonly request: Request }
    return { method: request.method, url: new URL(request.url) }
  }
  const { connection } = data as { readonly connection: { readonly client: { readonly url: URL | string } } }
  // As http, so that a socket has the origin of its server.
  return { method: 'WebSocket', url: new URL(String(connection.client.url).replace(/^ws/, 'http')) }
}
