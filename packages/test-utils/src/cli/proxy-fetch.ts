import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici'
import type { Fetch } from '../core/fetch.ts'

/**
 * A `fetch` that uses the proxies of `HTTPS_PROXY` and `HTTP_PROXY`, except for the hosts of `NO_PROXY`; undefined if no proxy
 * is set. The names may be in lower case. Node reads these variables only when it is started with `NODE_USE_ENV_PROXY`.
 *
 * @throws TypeError when the address of a proxy is not a URL.
 */
export function proxyFetch(env: NodeJS.ProcessEnv): Fetch | undefined {
  const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const
  // Lower case comes first, as in curl.
  const [httpProxy, httpsProxy, noProxy] = variables.map((name) => env[name.toLowerCase()] || env[name] || undefined)
  if (httpProxy === undefined && httpsProxy === undefined) return undefined

  const dispatcher = new EnvHttpProxyAgent({
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    noProxy: noProxy ?? '',
  })
  // undici declares its own types of `fetch`, requests and responses; the values have the members of the global ones.
  const fetch = undiciFetch as unknown as (input: string | URL | Request, init: object) => Promise<Response>
  return (input, init) => fetch(input, { ...init, dispatcher })
}
