import type { Fetch } from '../core/fetch.ts'

/**
 * Routes calls of the global `fetch` directly to a test API. MSW would handle them too, but through an emulated TLS socket
 * for each request, which takes several times as long.
 *
 * @returns a function that restores the previous `fetch`.
 */
export function routeGlobalFetch(apiAt: (origin: string) => Fetch | undefined): () => void {
  const previous = globalThis.fetch
  const routed: typeof fetch = (input, init) => {
    const url = URL.parse(input instanceof Request ? input.url : String(input))
    const fetch = (url === null ? undefined : apiAt(url.origin)) ?? previous
    return fetch(input, init)
  }

  setGlobalFetch(routed)
  return () => setGlobalFetch(previous)
}

// An assignment would fail in a simulated browser, where MSW leaves `fetch` configurable but not writable.
const setGlobalFetch = (value: typeof fetch): void => {
  Object.defineProperty(globalThis, 'fetch', { value, writable: true, enumerable: true, configurable: true })
}
