let hosts = 0

/** A host of its own for each API of this process, so that those of concurrent tests never meet. */
export const nextHost = (): string => `https://tickets-${++hosts}.example.test`

/**
 * Where the API lives, without `/api/v1` and without a slash at the end.
 *
 * @throws RangeError for anything but a host, with or without `/api/v1`.
 */
export function readBaseUrl(value: string | URL): string {
  const url = URL.parse(String(value))
  const isHost = url !== null && /^https?:$/.test(url.protocol) && /^(?:\/|\/api\/v1\/?)$/.test(url.pathname)
  if (isHost && [url.search, url.hash, url.username, url.password].every((part) => part === '')) return url.origin

  throw new RangeError('`baseUrl` must be a host, such as https://tickets.example.test; only /api/v1 may follow')
}
