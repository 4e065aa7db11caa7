import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** A range of addresses: the first address, and how many leading bits all addresses share. */
export type Network = readonly [Address, number]

/** Parses `10.0.0.0/8` or a single address. Returns undefined for other text. */
export function parseNetwork(text: string): Network | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = parseAddress(text)
  return address === undefined ? undefined : [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** Whether an address is in one of the networks. */
export function isWithin(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text)
  return networks.some(([first, bits]) => address?.kind() === first.kind() && address.match(first, bits))
}

/**
 * Whether an address is on the public internet. Addresses for special purposes are not, nor are IPv6 addresses that a
 * gateway translates to IPv4 (NAT64, 6to4, Teredo), because they can lead to any IPv4 address.
 */
export function isPublic(text: string): boolean {
  const address = parseAddress(text)
  if (address?.range() !== 'unicast') return false
  // The library calls everything unicast that no registry lists; only this network is assigned to the internet.
  return address.kind() === 'ipv4' || isWithin(text, [GLOBAL_UNICAST])
}

const GLOBAL_UNICAST: Network = [ipaddr.parse('2000::'), 3]

/** An IPv4 address inside an IPv6 one counts as the IPv4 address. */
const parseAddress = (text: string): Address | undefined => (isAddress(text) ? ipaddr.process(text) : undefined)

/** Whether a text is an address. Other software may read the short forms of IPv4 (`127.1`) in another way, so they are none. */
const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
