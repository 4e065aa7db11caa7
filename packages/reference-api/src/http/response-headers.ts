import type { Change, DeprecatedUse, Generation } from '@ai-ticket-creator/domain'

/** What a deployment announces about deprecated fields and routes. */
export interface DeprecationNotice {
  /** Every change with the URL of its guide, absolute or relative to the URL of the reply. */
  readonly guides: readonly (readonly [change: Change, address: string])[]
  /** The day from which deprecated fields and routes are refused, when it is set. */
  readonly sunset: Date | undefined
}

/** Generation and capabilities, on every reply. */
export const generationHeaders = (generation: Generation, capabilities: readonly string[]): Record<string, string> => ({
  'API-Generation': generation,
  'API-Capabilities': capabilities.join(', '),
})

/** The deprecated fields and the retired route that a request used, with their replacements. Transitional only. */
export function deprecationHeaders(
  { used, retiredRoute }: RequestNotes,
  notice: DeprecationNotice,
): Record<string, string> {
  const relevant = notice.guides.filter(
    ([change]) => change === retiredRoute || used.some(({ change: id }) => id === change.id),
  )
  if (relevant.length === 0) return {}

  const since = Math.min(...relevant.map(([{ deprecated }]) => Date.parse(deprecated)))
  return {
    // RFC 9745: seconds since the epoch, marked with @. RFC 8594 keeps the older HTTP date for Sunset.
    Deprecation: `@${since / 1000}`,
    ...(notice.sunset !== undefined && { Sunset: notice.sunset.toUTCString() }),
    Link: relevant.map(([, address]) => `<${address}>; rel="deprecation"`).join(', '),
    ...(used.length > 0 && {
      'Deprecated-Fields': used.map(({ field, replacement }) => `${field};use=${replacement}`).join(', '),
    }),
  }
}

/** Link to the next page: the same request with a cursor. Path only, because a proxy may use another host. */
export function nextLink(request: Request, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url)
  for (const name of ['offset', 'page']) searchParams.delete(name)
  searchParams.set('cursor', cursor)
  return `<${pathname}?${searchParams.toString()}>; rel="next"`
}

/** Joins `next` and `deprecation` links, which share one header. */
export function joinLinks(...links: readonly (string | undefined)[]): Record<string, string> {
  const given = links.filter((link) => link !== undefined)
  return given.length === 0 ? {} : { Link: given.join(', ') }
}

/** The fields that had no effect, as a list of RFC 9651: each name as a token if it is a valid one, else as a string. */
export function ignoredFieldsHeader({ ignored }: RequestNotes): Record<string, string> {
  if (ignored.length === 0) return {}
  const names = ignored.slice(0, MAX_NAMES).map(toListMember)
  const fitting = names.filter((_, last) => names.slice(0, last + 1).join(', ').length <= MAX_HEADER_LENGTH)
  return { 'Ignored-Fields': fitting.join(', ') }
}

// The caller chose these names. The header must stay far below the 8 KiB that proxies allow.
const MAX_NAMES = 50
const MAX_NAME_LENGTH = 64
const MAX_HEADER_LENGTH = 4096

function toListMember(name: string): string {
  // A lone surrogate cannot be encoded.
  const short = name.slice(0, MAX_NAME_LENGTH).replace(/\p{Surrogate}/gu, '\uFFFD')
  return /^[A-Za-z*][\w.*-]*$/.test(short) ? short : `"${encodeURIComponent(short)}"`
}

/** What the reply headers report about a request. */
export interface RequestNotes {
  /** The deprecated fields in the request. */
  used: readonly DeprecatedUse[]
  /** The fields that had no effect. */
  ignored: readonly string[]
  /** The change that retired the route of the request. */
  retiredRoute: Change | undefined
}
