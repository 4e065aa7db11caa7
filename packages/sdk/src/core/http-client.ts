import ky from 'ky'

/** A function that sends a request, such as the global `fetch`. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>

/**
 * The part of an instance of [ky](https://github.com/sindresorhus/ky) that the client uses. It is declared here because
 * programs with CommonJS types cannot import the types of ky.
 */
export interface KyInstance {
  (url: string | URL, options?: KyRequestOptions): Promise<Response>
  create(options?: object): KyInstance
  extend(options: object | ((parent: { readonly fetch?: unknown }) => object)): KyInstance
}

/** The options of one request. */
export interface KyRequestOptions {
  method?: string
  headers?: Record<string, string>
  body?: string
  redirect?: 'manual'
  signal?: AbortSignal
  context?: Record<string, unknown>
  hooks?: { init: ((options: { hooks?: { beforeRequest?: unknown[] } }) => void)[] }
  fetch?: (request: string | URL | Request, init?: RequestInit) => Promise<Response>
}

/** How the requests of a client are sent. */
export interface HttpClient {
  /** Sends a request once, and returns its reply whatever its status. */
  readonly ky: KyInstance
  /** The function that ky sends requests with. */
  readonly fetch: Fetch
  /** Whether the caller gave the instance: its hooks may change a request. */
  readonly hasHooks: boolean
  /**
   * The `ky` or `fetch` of the caller; undefined for the global `fetch`. With another `fetch`, the same address may be another
   * backend.
   */
  readonly key: object | undefined
}

// The client itself decides whether a repeat is safe, how long an attempt may take including its body, and what a status
// means.
const ONE_ATTEMPT = { retry: 0, timeout: false, totalTimeout: false, throwHttpErrors: false }

const standard: KyInstance = /* @__PURE__ */ ky.create(ONE_ATTEMPT as object)

export function createHttpClient(options: {
  readonly ky?: KyInstance | undefined
  readonly fetch?: Fetch | undefined
}): HttpClient {
  const { ky: given } = options
  const fetch = given === undefined ? options.fetch : fetchOf(given)
  return {
    ky: given === undefined ? standard : onceOnly(given),
    // The global function is looked up at each request: a default would keep the original one after others have patched it.
    fetch: (request, init) => (fetch ?? globalThis.fetch)(request, init),
    hasHooks: given !== undefined,
    key: given ?? fetch,
  }
}

/**
 * The instance without retries, time limits and errors for statuses. The `init` hooks of the instance run before this hook,
 * so that they cannot turn retries, time limits or errors on again.
 */
const onceOnly = (given: KyInstance): KyInstance =>
  given.extend({
    hooks: { init: [(options: object) => Object.assign(options, ONE_ATTEMPT)] },
    // This turns the headers of the instance into a Headers object. A plain object may have a name in other letter case, which
    // would not be overridden: both values would be sent.
    headers: new Headers(),
  })

function fetchOf(given: KyInstance): Fetch | undefined {
  let fetch: unknown
  given.extend((parent) => {
    fetch = parent.fetch
    return {}
  })
  // ky declares the same type for its option `fetch`.
  return fetch as Fetch | undefined
}

/** Whether a value is an instance of ky 2 or later: only these run `init` hooks, whose errors are thrown at once. */
export function isKyInstance(value: unknown): value is KyInstance {
  const hookRan = new Error('the init hook ran')
  const options = {
    // Older versions ignore the hook and send the request, which must not reach the network.
    fetch: async () => new Response(),
    hooks: {
      init: [
        () => {
          throw hookRan
        },
      ],
    },
  }
  try {
    const { create, extend } = value as Partial<KyInstance>
    // Other libraries have `create` too, and would send the request.
    if (typeof create !== 'function' || typeof extend !== 'function' || !('stop' in Object(value))) return false
    // A new instance does not run the hooks of the given one. An error without a handler would end the process.
    Promise.resolve(create(options)(new URL('https://ky.invalid'))).catch(() => {})
    return false
  } catch (error) {
    return error === hookRan
  }
}
