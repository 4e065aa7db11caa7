import type { ClientEvent } from './events.ts'
import type { Fetch, KyInstance } from './http-client.ts'
import type { Drift } from './result.ts'

/** How to reach the service, and how the client behaves. */
export interface ClientOptions {
  /**
   * The address of the service, such as `https://tickets.example.test`. A trailing `/api/v1` is accepted; a query, a
   * fragment and credentials are refused. Default, where there is a `process`: AI_TICKET_CREATOR_BASE_URL.
   */
  readonly baseUrl?: string | URL
  /**
   * The bearer token, or a function that returns it. The function is called once for each call of a method, and once more
   * after a 401. All requests of one call use the token that it returned. An error that it throws is passed on unchanged.
   * Default: AI_TICKET_CREATOR_TOKEN, if the address came from the environment too.
   */
  readonly token?: string | (() => string | Promise<string>)
  /** Headers of every request. The headers of a call override them. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The calling service, such as `billing@1.4`. Sent as `X-Client`; outside of browsers also as `User-Agent`. */
  readonly consumer?: string | undefined
  /** Milliseconds for one attempt, including the body of the reply. Default: 30 000. */
  readonly timeout?: number | undefined
  /** Milliseconds for a whole call, including look-ups, retries and follow-up requests. Default: 120 000. */
  readonly totalTimeout?: number | undefined
  /** The maximum number of retries of a request, where a retry is safe. Default: 2. */
  readonly maxRetries?: number | undefined
  /** The delays of retries; `false`: no retries, as with `maxRetries: 0`. */
  readonly retry?: RetryOptions | false | undefined
  /**
   * The maximum number of requests under way at the same time; further requests wait for their turn. The wait counts
   * towards `totalTimeout`, not towards `timeout`. Default: no limit.
   */
  readonly maxConcurrency?: number | undefined
  /**
   * What to do with replies that do not match the contract. `report`: call `onDrift` and return the reply unchanged.
   * `strict`: also fail the call with a `ResponseMismatchError`. `off`: do not check. Default: `report`.
   */
  readonly validation?: 'report' | 'strict' | 'off' | undefined
  /**
   * Called once for each field in which replies deviate from the contract, and for enum values and fields that are newer
   * than this version of the SDK, which never fail a call. An error that it throws is ignored.
   */
  readonly onDrift?: ((drift: Drift) => void) | undefined
  /**
   * Called for each attempt and for each call that ended, for logs, metrics and traces. An error that it throws is
   * ignored.
   */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  /**
   * What to log. `info`: one line for each call. `warn`: only calls that failed or needed a retry. `error`: only calls that
   * failed. `debug`: also each attempt. Lines contain no bodies, headers, ids or values. Default: `off`.
   */
  readonly logLevel?: 'off' | 'error' | 'warn' | 'info' | 'debug' | undefined
  /** Receives the log lines. An error that it throws is ignored. Default: the console. */
  readonly logger?: Logger | undefined
  /**
   * Whether to write secrets to a backend that cannot confirm that it stored them. Existing backends cannot confirm it when
   * an integration is updated. Default: false.
   */
  readonly allowUnverified?: boolean | undefined
  /**
   * An instance of ky 2 or later that sends all requests, for hooks, a proxy or options of the runtime:
   * `ky.extend({ hooks, fetch, … })`. Its hooks see all credentials. The client handles retries, time limits and error
   * statuses; the settings of the instance for these are ignored. Not together with `fetch`.
   */
  readonly ky?: KyInstance | undefined
  /** Used instead of the global `fetch`. The global one is looked up at each request. */
  readonly fetch?: Fetch | undefined
}

/** Where log lines go, such as the console. */
export interface Logger {
  debug(line: string): void
  info(line: string): void
  warn(line: string): void
  error(line: string): void
}

/** The delays of retries. Whether a request may be retried depends on the request and its outcome. */
export interface RetryOptions {
  /** The maximum of the first delay in milliseconds; it doubles with each retry. Default: 50. */
  readonly baseDelay?: number | undefined
  /** `baseDelay` after a 429, with which the service asks for fewer requests. Default: 1000. */
  readonly throttlingBaseDelay?: number | undefined
  /** The maximum of any delay in milliseconds, unless the service asks for more. Default: 20 000. */
  readonly maxDelay?: number | undefined
}

/** Options for one call: the last argument of every method. */
export interface RequestOptions {
  /** Aborts the call. Its reason is thrown unchanged. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt; overrides the client's option. */
  readonly timeout?: number | undefined
  /** The maximum number of retries of each request; overrides the client's option. */
  readonly maxRetries?: number | undefined
  /** The `Idempotency-Key`, for calls that send a POST. Default: a random key for each call. */
  readonly idempotencyKey?: string | undefined
  /** Overrides the client's option. */
  readonly allowUnverified?: boolean | undefined
  /** Further headers. They override the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Data for the hooks of the client's option `ky`: they find it in `options.context`. It is not sent. */
  readonly context?: Readonly<Record<string, unknown>> | undefined
}

/** `RetryOptions` with all options set. */
export type BackoffOptions = {
  readonly [Option in keyof RetryOptions]-?: NonNullable<RetryOptions[Option]>
}
