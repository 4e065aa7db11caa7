import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { CheckError } from './check-error.ts'
import { isPublic, isWithin, type Network } from './networks.ts'

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

/** Sends a request to a platform. @throws CheckError when there is no complete reply. */
export type Send = (request: PlatformRequest) => Promise<PlatformReply>

interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

export interface SendOptions {
  /** Networks that may be called although they are not public; they may be called over plain HTTP as well. */
  readonly allowed: readonly Network[]
  /** Milliseconds for the whole exchange. */
  readonly timeout?: number
  /** The addresses of a host. Default: those of the system. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>
}

/**
 * Sends requests to public addresses, because users choose the URLs and an address inside the network would be theirs to
 * call. The address that was checked is the one that is called. Redirects are not followed: they would carry credentials
 * to another host.
 */
export function createSend({
  allowed,
  timeout = 10_000,
  resolve = (host) => lookup(host, { all: true }),
}: SendOptions): Send {
  return async (request) => {
    const signal = AbortSignal.timeout(timeout)
    try {
      const addresses = await Promise.race([addressesOf(request.url, resolve), rejectOn(signal)])
      checkAddresses(request.url, addresses, allowed)
      return await exchange(request, addresses, signal)
    } catch (error) {
      if (error instanceof CheckError) throw error
      if (signal.aborted) throw new CheckError(`the platform did not answer within ${timeout / 1000} seconds`)
      throw new CheckError(`the platform cannot be reached${codeOf(error)}`)
    }
  }
}

async function addressesOf({ hostname }: URL, resolve: NonNullable<SendOptions['resolve']>) {
  const host = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  return family === 0 ? resolve(host) : [{ address: host, family }]
}

function checkAddresses(url: URL, addresses: readonly ResolvedAddress[], allowed: readonly Network[]): void {
  const others = addresses.filter(({ address }) => !isWithin(address, allowed))
  if (!others.every(({ address }) => isPublic(address)))
    throw new CheckError('the address of the platform is not public; PLATFORM_NETWORKS does not allow it')
  if (url.protocol !== 'https:' && others.length > 0) throw new CheckError('the platform is called over HTTPS only')
}

async function exchange(
  { method, url, headers, body }: PlatformRequest,
  addresses: readonly ResolvedAddress[],
  signal: AbortSignal,
): Promise<PlatformReply> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  // A new connection: one that is kept open could have been opened before the address was checked.
  const request = send(url, {
    method,
    headers: { ...defaultHeaders, ...headers },
    agent: false,
    signal,
    lookup: pinned(addresses),
  })
  // A failure after the reply began is reported by the reply; without a listener this second report ends the process.
  request.on('error', () => {})
  request.end(body)

  // An array of unknown values, of which Node documents the first.
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: await readBody(reply) }
}

/** Compressed replies are not accepted, so the limit holds for what is read. */
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
    if (length > BODY_LIMIT) throw new CheckError('the reply of the platform is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

const rejectOn = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

/** Codes such as ENOTFOUND say what to correct. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
