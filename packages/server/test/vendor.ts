import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as a vendor received it. */
interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface VendorReply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server on loopback in the place of a vendor. `reply` is what it answers next; with 'nothing' it does not answer. */
export async function startVendor() {
  const received: ReceivedRequest[] = []
  let reply: VendorReply | 'nothing' = {}
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request
    received.push({ method, path: url, headers, body: await text(request) })
    if (reply !== 'nothing') answer(response, reply)
  }
  const server = await listen((request, response) => void handle(request, response))
  return {
    port: server.port,
    received,
    replyWith(next: VendorReply | 'nothing') {
      received.length = 0
      reply = next
    },
    stop: server.stop,
  }
}

function answer(response: ServerResponse, { status = 200, headers = {}, body = '' }: VendorReply): void {
  response.writeHead(status, headers).end(body)
}

export async function listen(listener: RequestListener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server on a port always has such an address.
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
