import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublic, isWithin, type Network } from './networks.ts'
import { PlatformError } from './platform-error.ts'

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

export type ResolvedAddresses = readonly [ResolvedAddress, ...ResolvedAddress[]]

export interface ResolveOptions {
  /** Networks that may be called although they are not public, also without TLS. */
  readonly allowed: readonly Network[]
  /** Looks up the addresses of a host. Default: the resolver of the system. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>
}

/**
 * Resolves a host and checks its addresses. `isAllowed`: all of them are in `allowed` networks, so plain HTTP is permitted.
 *
 * @throws PlatformError if there is no address, or if one is neither public nor in an allowed network.
 */
export async function resolveHost(
  host: string,
  { allowed, resolve = (name) => lookup(name, { all: true }) }: ResolveOptions,
): Promise<{ readonly addresses: ResolvedAddresses; readonly isAllowed: boolean }> {
  const family = isIP(host)
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }]
  const [first, ...rest] = addresses
  if (first === undefined) throw new PlatformError('the host name of the platform has no address')

  const notAllowed = addresses.filter(({ address }) => !isWithin(address, allowed))
  if (notAllowed.every(({ address }) => isPublic(address)))
    return { addresses: [first, ...rest], isAllowed: notAllowed.length === 0 }
  throw new PlatformError('the address of the platform is not public; PLATFORM_NETWORKS does not allow it')
}
