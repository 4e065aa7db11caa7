let hostCount = 0

/** A new host for each test API of the process, so that concurrent tests do not share one. */
export const nextHost = (): string => `https://tickets-${++hostCount}.example.test`

/**
 * The address of a service. A trailing `/api/v1` and slash are removed; another path, such as that of a gateway, stays.
 *
 * @throws RangeError when the value is not an HTTP address, or has a user, a query or a fragment.
 */
export function parseBaseUrl(value: string | URL): string {
  const url = URL.parse(String(value))
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  // The text is checked, because `URL` drops an empty query or fragment.
  if (isAddress && !/[?#]/.test(String(value)))
    return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}`

  throw new RangeError(
    '`baseUrl` must be an address such as https://tickets.example.test, without user, query and fragment',
  )
}

/**
 * The origin of a mock. A trailing `/api/v1` is removed.
 *
 * @throws RangeError when the value has another path, a user, a query or a fragment, or is not an HTTP address.
 */
export function parseHost(value: string | URL): string {
  const text = String(value)
  if (/^https?:\/\/[^/?#@]+(?:\/|\/api\/v1\/?)?$/i.test(text) && URL.canParse(text)) return new URL(text).origin

  throw new RangeError('`baseUrl` must be a host, such as https://tickets.example.test; only /api/v1 may follow')
}
