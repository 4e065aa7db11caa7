let hosts = 0

/** A new host for each test API of the process, so that concurrent tests do not share one. */
export const nextHost = (): string => `https://tickets-${++hosts}.example.test`

/**
 * The address of a service, without `/api/v1` and without a slash at the end. A path before it, as behind a gateway, stays.
 *
 * @throws RangeError for anything but an HTTP address without user, query and fragment.
 */
export function readBaseUrl(value: string | URL): string {
  const url = URL.parse(String(value))
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  // `URL` drops an empty query or fragment.
  if (isAddress && !/[?#]/.test(String(value)))
    return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}`

  throw new RangeError(
    '`baseUrl` must be an address such as https://tickets.example.test, without user, query and fragment',
  )
}

/**
 * The host of a mock, without `/api/v1`.
 *
 * @throws RangeError for anything but a host, with or without `/api/v1`.
 */
export function readHost(value: string | URL): string {
  const text = String(value)
  if (/^https?:\/\/[^/?#@]+(?:\/|\/api\/v1\/?)?$/i.test(text) && URL.canParse(text)) return new URL(text).origin

  throw new RangeError('`baseUrl` must be a host, such as https://tickets.example.test; only /api/v1 may follow')
}
