import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublic, isWithin, type Network } from './networks.ts'
import { PlatformError } from './platform-error.ts'

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

export interface ResolveOptions {
  /** Networks that may be called although they are not public; they may be called without TLS as well. */
  readonly allowed: readonly Network[]
  /** The addresses of a host. Default: those of the system. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>
}

/** The addresses of a host; `isInside`: all of them are in allowed networks. @throws PlatformError when one must not be called. */
export async function resolveHost(
  host: string,
  { allowed, resolve = (name) => lookup(name, { all: true }) }: ResolveOptions,
): Promise<{ readonly addresses: readonly ResolvedAddress[]; readonly isInside: boolean }> {
  const family = isIP(host)
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }]
  const others = addresses.filter(({ address }) => !isWithin(address, allowed))
  if (others.every(({ address }) => isPublic(address))) return { addresses, isInside: others.length === 0 }
  throw new PlatformError('the address of the platform is not public; PLATFORM_NETWORKS does not allow it')
}
