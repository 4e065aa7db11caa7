import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { PlatformError } from './platform-error.ts'
import { type ResolvedAddress, type ResolveOptions, resolveHost } from './resolve-host.ts'
import { type ExchangeContext, TIMEOUT, withinTime } from './within-time.ts'

export interface PlatformRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface PlatformReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

/** Sends a request to a platform. @throws PlatformError when there is no complete reply. */
export type Send = (request: PlatformRequest) => Promise<PlatformReply>

export interface SendOptions extends ResolveOptions {
  /** Milliseconds for the whole exchange. Default: 10 000. */
  readonly timeout?: number
}

/**
 * Sends requests to public addresses only: users choose the URLs, and could otherwise call any address inside the network.
 * The request goes to the address that was checked. Redirects are not followed: they would carry credentials
 * to another host.
 */
export function createSend({ timeout = TIMEOUT, ...options }: SendOptions): Send {
  return async (request) => {
    return withinTime(timeout, async (context) => {
      const host = request.url.hostname.replace(/^\[|\]$/g, '')
      const { addresses, isAllowed } = await resolveHost(host, options)
      context.signal.throwIfAborted()
      if (request.url.protocol !== 'https:' && !isAllowed)
        throw new PlatformError('the platform is called over HTTPS only')
      return exchange(request, addresses, context)
    })
  }
}

async function exchange(
  { method, url, headers, body }: PlatformRequest,
  addresses: readonly ResolvedAddress[],
  { signal, onSent }: ExchangeContext,
): Promise<PlatformReply> {
  const isSecure = url.protocol === 'https:'
  const send = isSecure ? requestHttps : requestHttp
  // A new connection: one that is kept open could have been opened before the address was checked.
  const request = send(url, {
    method,
    headers: { ...defaultHeaders, ...headers },
    agent: false,
    signal,
    lookup: pinned(addresses),
  })
  // Before this event nothing is written: over TLS the certificate must be accepted first.
  request.once('socket', (socket: Socket) => socket.once(isSecure ? 'secureConnect' : 'connect', onSent))
  // After the reply began, the reply reports a failure as well. Without this listener the second `error` event ends the process.
  request.on('error', () => {})
  request.end(body)

  // `once` returns an array of unknown values. Node documents that the first one is the reply.
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: await readBody(reply) }
}

/** Compressed replies are not accepted, so that BODY_LIMIT also limits the decoded text. */
const defaultHeaders = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'ai-ticket-creator' }

const pinned =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_host, _options, callback) =>
    callback(null, [...addresses])

const BODY_LIMIT = 64 * 1024

async function readBody(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > BODY_LIMIT) throw new PlatformError('the reply of the platform is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
