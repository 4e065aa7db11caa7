import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import type { ClientEvent } from './events.ts'
import type { Drift } from './result.ts'

/** How to reach the service. */
export interface ClientOptions {
  /**
   * Where the service lives, such as `https://tickets.example.test`. A trailing `/api/v1` is accepted; a query, a
   * fragment and credentials are refused.
   */
  readonly baseUrl: string | URL
  /**
   * The bearer token, or a function that gives it. The function is asked before each request, and once more after a
   * 401; what it throws is passed on as it is.
   */
  readonly token: string | (() => string | Promise<string>)
  /** Who calls, such as `billing@1.4`: sent as `X-Client`, outside of browsers also as `User-Agent`. */
  readonly consumer?: string | undefined
  /**
   * The words that the backend understands; a transitional one understands both. `auto`: they are learned from its
   * replies, and learned anew when it changes; `client.diagnose()` tells what is known. Default: `auto`.
   */
  readonly generation?: 'auto' | 'current' | 'legacy' | undefined
  /** Milliseconds for one attempt, until the reply is read. Default: 30 000. */
  readonly timeout?: number | undefined
  /** Milliseconds for a whole call with its look-ups and follow-up calls. Default: 120 000. */
  readonly totalTimeout?: number | undefined
  /** How often and how fast a request is sent again, where that does no harm; `false`: never. */
  readonly retry?: RetryOptions | false | undefined
  /** Milliseconds for which the id of a looked-up name is remembered; 0: not at all. Default: 30 000. */
  readonly nameCacheTtl?: number | undefined
  /**
   * Told of each old name once per field and place in your code, at the first use. What it throws is lost: a call never
   * fails by it.
   */
  readonly onDeprecation?: ((entry: DeprecationEntry) => void) | undefined
  /**
   * What happens to replies that do not fit the contract. `report`: `onDrift` is told, and the reply is given as it came.
   * `strict`: the call fails with a `ResponseMismatchError` as well. `off`: nothing. Default: `report`.
   */
  readonly validation?: 'report' | 'strict' | 'off' | undefined
  /**
   * Told of each place where replies deviate from the contract, once; also of words and fields that are newer than this
   * version, which are never a failure. What it throws is lost: a call never fails by it.
   */
  readonly onDrift?: ((drift: Drift) => void) | undefined
  /**
   * Told of each attempt and of each call that ended, for logs, metrics and traces. What it throws is lost: a call never
   * fails by it.
   */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  /**
   * Whether secrets are written to a backend that can not confirm that it kept them, as existing ones do not when an
   * integration is changed. Default: false.
   */
  readonly allowUnverified?: boolean | undefined
  /** Used instead of the global `fetch`, which is otherwise looked up at each request. */
  readonly fetch?: ((request: Request, init?: RequestInit) => Promise<Response>) | undefined
}

/** When a request is sent again; whether it may be, depends on what it is and on what became of it. */
export interface RetryOptions {
  /** How often a request is sent in all. Default: 3. */
  readonly attempts?: number | undefined
  /** Milliseconds that the first wait takes at most; each further one may take twice as long. Default: 200. */
  readonly baseDelay?: number | undefined
  /** Milliseconds that no wait exceeds, unless the service asks for more. Default: 20 000. */
  readonly maxDelay?: number | undefined
}

/** What every method takes as its last argument. */
export interface RequestOptions {
  /** Aborts the call; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt, instead of the client's. */
  readonly timeout?: number | undefined
  /** Sent as `Idempotency-Key` with the POST of the call, if there is one. Default: a random one for each call. */
  readonly idempotencyKey?: string | undefined
  /** As the client's option, for this call. */
  readonly allowUnverified?: boolean | undefined
  /** Further headers. They win over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Whether a text can stand in a header. The platform's own refusal would quote it. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

/** How often and how fast. */

export interface BackoffOptions {
  readonly attempts: number
  readonly baseDelay: number
  readonly maxDelay: number
}
