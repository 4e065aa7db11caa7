import ky from 'ky'
import { fetch, ProxyAgent } from 'undici'

/** Sends all requests through an HTTP proxy, such as `http://proxy.example.test:8080`. */
export function throughProxy(address: string) {
  const dispatcher = new ProxyAgent(address)
  return ky.extend({
    // The `fetch` of this package needs a dispatcher of the same version, and takes no Request of Node.js.
    fetch: async (input) => {
      const request = new Request(input)
      const { url, method, redirect, signal } = request
      const headers = Object.fromEntries(request.headers)
      return fetch(url, { method, headers, body: (await request.text()) || null, redirect, signal, dispatcher })
    },
  })
}
