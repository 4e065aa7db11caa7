import { once } from 'node:events'
import { createServer, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { describeReason } from '../database/describe-reason.ts'
import { ServerError } from '../errors.ts'
import type { Settings } from '../settings/settings.ts'

type Fetch = (request: Request) => Response | Promise<Response>

/** A server that accepts requests. */
export interface RunningServer {
  /** The URL without a path, such as `http://127.0.0.1:8080`. */
  readonly url: string
  /**
   * Stops in three steps: for `SHUTDOWN_DELAY`, each reply closes its connection; then no connection is accepted any more;
   * then requests in progress finish, or are cut off after `SHUTDOWN_TIMEOUT`.
   */
  readonly stop: () => Promise<void>
}

interface HttpServer extends RunningServer {
  /** Whether `stop` was called. Requests are still accepted for `SHUTDOWN_DELAY`. */
  readonly isDraining: () => boolean
}

/** Listens for requests. @throws ServerError when the address cannot be used. */
export async function listen(fetch: Fetch, settings: Settings): Promise<HttpServer> {
  let draining = false
  let arrivals = 0
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false })
  const server = createServer(limitsOf(settings), (request, response) => {
    arrivals++
    if (draining) response.setHeader('Connection', 'close')
    void answer(request, response)
  })
  server.on('connection', () => arrivals++)
  // Ends a connection whose client does not read the reply. Longer than the limits of a request, so that a slow request is
  // answered with 408 first.
  server.setTimeout(settings.REQUEST_TIMEOUT * 2000 + 5000)
  const url = await startListening(server, settings)

  return {
    url,
    isDraining: () => draining,
    async stop() {
      draining = true
      await sleep(settings.SHUTDOWN_DELAY * 1000)
      const deadline = performance.now() + settings.SHUTDOWN_TIMEOUT * 1000
      await untilQuiet(() => arrivals, deadline)
      await close(server, deadline)
    },
  }
}

/**
 * Waits until no new connection or request arrives. Node counts a connection as idle and closes it while its first request
 * has not been read yet.
 */
async function untilQuiet(arrivals: () => number, deadline: number): Promise<void> {
  for (let before = -1; before !== arrivals() && performance.now() < deadline; ) {
    before = arrivals()
    await sleep(QUIET)
    // A timer fires before the sockets of the same turn are read, so one more turn is needed.
    await setImmediate()
  }
}

const QUIET = 50

function limitsOf({ REQUEST_TIMEOUT, HEADER_LIMIT }: Settings): ServerOptions {
  const timeout = REQUEST_TIMEOUT * 1000
  return {
    maxHeaderSize: HEADER_LIMIT,
    headersTimeout: timeout,
    requestTimeout: timeout,
    connectionsCheckingInterval: Math.min(timeout / 4, 5000),
    // Longer than the 60 s that load balancers keep idle connections, so that the load balancer closes them: otherwise it could
    // send a request on a connection that the server is closing.
    keepAliveTimeout: 65_000,
  }
}

async function startListening(server: Server, { HOST, PORT }: Settings): Promise<string> {
  try {
    server.listen(PORT, HOST)
    await once(server, 'listening')
  } catch (error) {
    throw new ServerError(`Cannot listen on ${HOST}, port ${PORT}: ${describeReason(error)}. Set HOST or PORT.`)
  }
  // `address()` returns null only before listening, and a text only for pipes.
  const { port } = server.address() as AddressInfo
  // An IPv6 address is the one with colons; a URL needs it in brackets.
  return `http://${HOST.replace(/^.*:.*$/, '[$&]')}:${port}`
}

async function close(server: Server, deadline: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const timer = setTimeout(() => server.closeAllConnections(), Math.max(0, deadline - performance.now()))
  await closed
  clearTimeout(timer)
}
