import { HttpResponse, type RequestHandler } from 'msw'
import { logError, TestApiError } from '../core/errors.ts'
import type { Fetch } from '../core/fetch.ts'
import { createTestApi, type TestApi, type TestApiOptions } from './create-test-api.ts'

/** Options of `startTestApi`. */
export interface StartOptions extends TestApiOptions {
  /** MSW handlers for other services that the code under test calls. They come after those of the API. */
  readonly handlers?: readonly RequestHandler[]
  /** Requests that may leave although no handler serves them, such as those to a server of the test. Default: none. */
  readonly allow?: (url: URL) => boolean
}

/** A test API that the process or page reaches at its `baseUrl`. */
export interface RunningTestApi extends TestApi, Disposable {
  /** Stops this API. When no test API is left, requests reach the network as before. */
  readonly close: () => void
}

/** A request or a WebSocket connection, as MSW describes it. Only the parts that are used here. */
export interface NetworkFrame {
  readonly frame: { readonly protocol: string; readonly data: unknown }
}

/** MSW's server or worker. */
interface Network {
  readonly resetHandlers: (...handlers: RequestHandler[]) => void
}

interface NetworkOptions {
  readonly onUnhandledFrame: (args: NetworkFrame) => void
  /** The `fetch` of the API that runs at an origin; undefined if none does. */
  readonly apiAt: (origin: string) => Fetch | undefined
}

type RunningEntry = Required<Pick<StartOptions, 'handlers' | 'allow'>> & { readonly api: TestApi }

/** Creates `startTestApi` for Node or a browser. All test APIs share one MSW network; each has its own host. */
export function createStarter<N extends Network>(open: (options: NetworkOptions) => N, close: (network: N) => void) {
  const running = new Map<string, RunningEntry>()
  let network: N | undefined

  function updateNetwork(): void {
    const all = [...running.values()]
    if (all.length === 0) {
      if (network !== undefined) close(network)
      network = undefined
      return
    }
    network ??= open({
      apiAt: (origin) => running.get(origin)?.api.fetch,
      onUnhandledFrame: refuseUnless(
        (url) => [...running.values()].some(({ allow }) => allow(url)),
        () => `; test APIs run at ${[...running.keys()].join(', ')}, and \`allow\` permits other requests`,
      ),
    })
    network.resetHandlers(...all.flatMap(({ api }) => api.handlers), ...all.flatMap(({ handlers }) => handlers))
  }

  return function start(options: StartOptions): RunningTestApi {
    const { handlers = [], allow = () => false, ...apiOptions } = options
    const api = createTestApi(apiOptions)
    if (running.has(api.baseUrl))
      throw new RangeError(`\`baseUrl\`: a test API already runs at ${api.baseUrl}; close it, or leave \`baseUrl\` out`)

    const entry = { api, handlers, allow }
    running.set(api.baseUrl, entry)
    updateNetwork()
    const stop = (): void => {
      if (running.get(api.baseUrl) !== entry) return
      running.delete(api.baseUrl)
      updateNetwork()
    }
    // Assigned, not spread: a copy would freeze getters such as `requests` and `generation`.
    return Object.assign(api, { close: stop, [Symbol.dispose]: stop })
  }
}

/**
 * For your own MSW server: `server.listen({ onUnhandledFrame: unhandledIsError })`. A request without a handler fails
 * and does not leave the process. MSW's own `'error'` sends requests that look like files, such as `/logo.png`.
 */
export const unhandledIsError: (args: NetworkFrame) => void = refuseUnless(() => false)

function refuseUnless(isAllowed: (url: URL) => boolean, hint = () => ''): (args: NetworkFrame) => void {
  return ({ frame }) => {
    const { method, url } = destinationOf(frame)
    if (isAllowed(url)) return

    const request = `${method} ${url.origin}${url.pathname}`
    const error = new TestApiError('UNHANDLED_REQUEST', `${request} has no handler, and may not leave${hint()}`)
    logError(error)
    // MSW's `defaults.error()` only prints, so this throws. A thrown response becomes the result of the request, here a broken
    // connection; MSW would turn a thrown error into a 500. A WebSocket is stopped by an error.
    throw frame.protocol === 'http' ? HttpResponse.error() : error
  }
}

// MSW types the data of a frame by a protocol that is only known at run time.
function destinationOf({ protocol, data }: NetworkFrame['frame']): { readonly method: string; readonly url: URL } {
  if (protocol === 'http') {
    const { request } = data as { readonly request: Request }
    return { method: request.method, url: new URL(request.url) }
  }
  const { connection } = data as { readonly connection: { readonly client: { readonly url: URL | string } } }
  // With the http scheme, so that a socket has the same origin as its server.
  return { method: 'WebSocket', url: new URL(String(connection.client.url).replace(/^ws/, 'http')) }
}
