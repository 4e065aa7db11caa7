let hosts = 0

/** A new host for each test API of the process, so that concurrent tests do not share one. */
export const nextHost = (): string => `https://tickets-${++hosts}.example.test`

/**
 * The origin of the API, without `/api/v1` and without a slash at the end.
 *
 * @throws RangeError for anything but a host, with or without `/api/v1`.
 */
export function readBaseUrl(value: string | URL): string {
  const url = URL.parse(String(value))
  const isHost = url !== null && /^https?:$/.test(url.protocol) && /^(?:\/|\/api\/v1\/?)$/.test(url.pathname)
  if (isHost && [url.search, url.hash, url.username, url.password].every((part) => part === '')) return url.origin

  throw new RangeError('`baseUrl` must be a host, such as https://tickets.example.test; only /api/v1 may follow')
}
