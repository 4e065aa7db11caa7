import type { Change, Generation } from '@ai-ticket-creator/domain'
import type { Notes } from '../ports/handler.ts'

/** What a deployment says about the old words. */
export interface DeprecationNotice {
  /** Every change, and where the guide to it is: a URL, absolute or relative to the reply's. */
  readonly guides: readonly (readonly [change: Change, address: string])[]
  /** The day on which the old words stop working, when it is set. */
  readonly sunset: Date | undefined
}

/** What every reply says about the backend. */
export const aboutBackend = (generation: Generation, capabilities: readonly string[]): Record<string, string> => ({
  'API-Generation': generation,
  'API-Capabilities': capabilities.join(', '),
})

/** Which old words a request used, and what to use instead. Only a transitional backend says so. */
export function aboutOldWords({ used, moved }: Notes, notice: DeprecationNotice): Record<string, string> {
  const concerned = notice.guides.filter(
    ([change]) => change === moved || used.some(({ change: id }) => id === change.id),
  )
  if (concerned.length === 0) return {}

  const since = Math.min(...concerned.map(([{ deprecated }]) => Date.parse(deprecated)))
  return {
    // RFC 9745: seconds since the epoch, marked with @. RFC 8594 keeps the older HTTP date for Sunset.
    Deprecation: `@${since / 1000}`,
    ...(notice.sunset !== undefined && { Sunset: notice.sunset.toUTCString() }),
    Link: concerned.map(([, address]) => `<${address}>; rel="deprecation"`).join(', '),
    ...(used.length > 0 && {
      'Deprecated-Fields': used.map(({ field, use }) => `${field};use=${use}`).join(', '),
    }),
  }
}

/** The page that follows: what was asked, from another place on. Below the host, since a proxy may have another name. */
export function nextLink(request: Request, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url)
  for (const name of ['offset', 'page']) searchParams.delete(name)
  searchParams.set('cursor', cursor)
  return `<${pathname}?${searchParams.toString()}>; rel="next"`
}

/** Both kinds of links in the one header that they share. */
export function joinLinks(...links: readonly (string | undefined)[]): Record<string, string> {
  const given = links.filter((link) => link !== undefined)
  return given.length === 0 ? {} : { Link: given.join(', ') }
}

/** The fields that had no effect, as a list of RFC 9651: a token where a name is one, else a string. */
export function aboutIgnored({ ignored }: Notes): Record<string, string> {
  if (ignored.length === 0) return {}
  const names = ignored.slice(0, NAMES_AT_MOST).map(toListMember)
  const fitting = names.filter((_, last) => names.slice(0, last + 1).join(', ').length <= HEADER_AT_MOST)
  return { 'Ignored-Fields': fitting.join(', ') }
}

// The caller chose these names: their header has to stay far below the 8 KiB that proxies allow.
const NAMES_AT_MOST = 50
const NAME_AT_MOST = 64
const HEADER_AT_MOST = 4096

function toListMember(name: string): string {
  // Half a character can not be encoded.
  const short = name.slice(0, NAME_AT_MOST).replace(/\p{Surrogate}/gu, '\uFFFD')
  return /^[A-Za-z*][\w.*-]*$/.test(short) ? short : `"${encodeURIComponent(short)}"`
}
