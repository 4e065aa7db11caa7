import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import { createLedger, type Ledger } from '../deprecations/ledger.ts'
import { InvalidRequestError, type Issue } from '../errors/base.ts'
import { type Backend, backendAt } from '../negotiation/backend-state.ts'
import type { Pace } from '../transport/retry/policy.ts'
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
  readonly lookupTtl?: number | undefined
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

/** Options that are checked and complete. */
export interface Settings {
  /** With `/api/v1`, without a slash at the end. */
  readonly root: string
  readonly token: ClientOptions['token']
  readonly headers: Readonly<Record<string, string>>
  readonly generation: 'auto' | 'current' | 'legacy'
  readonly timeout: number
  readonly totalTimeout: number
  readonly pace: Pace
  readonly backend: Backend
  readonly lookupTtl: number
  readonly legacyFields: boolean
  readonly allowUnverified: boolean
  readonly fetch: ClientOptions['fetch']
  readonly ledger: Ledger
  readonly onDeprecation: ClientOptions['onDeprecation']
  readonly validation: 'report' | 'strict' | 'off'
  readonly onDrift: ClientOptions['onDrift']
  readonly onEvent: ClientOptions['onEvent']
  /** The deviations that were told. */
  readonly drifts: Set<string>
}

const known = [
  'baseUrl',
  'token',
  'consumer',
  'generation',
  'timeout',
  'totalTimeout',
  'retry',
  'lookupTtl',
  'fetch',
  'legacyFields',
  'allowUnverified',
  'onDeprecation',
  'validation',
  'onDrift',
  'onEvent',
]

/** @throws TypeError that names the option, never its value. */
export function readOptions(
  options: ClientOptions & { legacyFields?: boolean | undefined },
  { ledger, drifts }: Pick<Settings, 'ledger' | 'drifts'> = { ledger: createLedger(), drifts: new Set() },
): Settings {
  for (const name of Object.keys(options)) need(known.includes(name), `\`${name}\` is not an option of createClient`)

  const { generation = 'auto', token, consumer, fetch, legacyFields = true, onDeprecation, onDrift, onEvent } = options
  const { validation = 'report', allowUnverified = false } = options
  need(['auto', 'current', 'legacy'].includes(generation), "`generation` must be 'auto', 'current' or 'legacy'")
  need(typeof token === 'function' || isHeaderValue(token), '`token` must be a text without line breaks, or a function')
  need(consumer === undefined || isHeaderValue(consumer), '`consumer` must be a text without line breaks')
  need(typeof allowUnverified === 'boolean', '`allowUnverified` must be true or false')
  need(['report', 'strict', 'off'].includes(validation), "`validation` must be 'report', 'strict' or 'off'")
  for (const [name, handler] of Object.entries({ fetch, onDeprecation, onDrift, onEvent }))
    need(handler === undefined || typeof handler === 'function', `\`${name}\` must be a function`)

  const root = readBaseUrl(options.baseUrl)
  return {
    root,
    token,
    headers: consumer === undefined ? {} : introduce(consumer),
    generation,
    timeout: readMs('timeout', options.timeout, 30_000),
    totalTimeout: readMs('totalTimeout', options.totalTimeout, 120_000),
    pace: readPace(options.retry),
    backend: backendAt(root, fetch),
    lookupTtl: options.lookupTtl === 0 ? 0 : readMs('lookupTtl', options.lookupTtl, 30_000),
    legacyFields,
    allowUnverified,
    fetch,
    ledger,
    onDeprecation,
    validation,
    onDrift,
    onEvent,
    drifts,
  }
}

function need(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TypeError(message)
}

function readBaseUrl(baseUrl: string | URL): string {
  const text = String(baseUrl).trim()
  const url = URL.canParse(text) ? new URL(text) : undefined
  need(url !== undefined, '`baseUrl` must be a complete address, such as https://tickets.example.test')
  need(/^https?:$/.test(url.protocol), '`baseUrl` must start with https:// or http://')
  need(url.username === '' && url.password === '', '`baseUrl` must not have credentials in it; send them as `token`')
  // The parser forgets an empty query or fragment, but what is added to the address would land in it.
  need(!/[?#]/.test(text), '`baseUrl` must have neither query nor fragment')
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`
}

function readMs(name: string, value: number | undefined, standard: number): number {
  need(isMs(value), `\`${name}\` must be a number of milliseconds above 0`)
  return value ?? standard
}

function readPace(retry: ClientOptions['retry'] = {}): Pace {
  need(retry === false || (typeof retry === 'object' && retry !== null), '`retry` must be an object or false')
  const { attempts = 3, baseDelay, maxDelay, ...others } = retry === false ? { attempts: 1 } : retry
  const [unknown] = Object.keys(others)
  need(unknown === undefined, `\`${unknown}\` is not an option of \`retry\``)
  need(Number.isInteger(attempts) && attempts > 0, '`retry.attempts` must be a whole number above 0')
  return {
    attempts,
    baseDelay: readMs('retry.baseDelay', baseDelay, 200),
    maxDelay: readMs('retry.maxDelay', maxDelay, 20_000),
  }
}

// setTimeout fires at once beyond 2^31 - 1.
const isMs = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value > 0 && value <= 2_147_483_647)

function introduce(consumer: string): Record<string, string> {
  // Browsers keep User-Agent to themselves, and asking for it costs a preflight.
  const inBrowser = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false
  return { 'X-Client': consumer, ...(!inBrowser && { 'User-Agent': `${consumer} ai-ticket-creator-sdk` }) }
}

/** Whether a text can stand in a header. The platform's own refusal would quote it. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

// `scanLimit` is that of lists. What a method takes besides, it has taken out before.
const knownOfCall = ['signal', 'timeout', 'idempotencyKey', 'allowUnverified', 'headers', 'scanLimit']

/** @throws InvalidRequestError that names the option, never its value. */
export function checkRequestOptions(options: RequestOptions & { readonly scanLimit?: number | undefined }): void {
  if (Object.keys(options).length === 0 && Object.getPrototypeOf(options) === Object.prototype) return

  const { timeout, idempotencyKey, allowUnverified = false, headers = {}, scanLimit = 1 } = options
  const wrong = Object.entries(headers).filter(([name, value]) => !isHeaderName(name) || !isHeaderValue(value))
  const issues = [
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined || knownOfCall.includes(name) ? [] : [optionIssue([name], `\`${name}\` is not an option`)],
    ),
    ...(isMs(timeout) ? [] : [optionIssue(['timeout'], '`timeout` must be a number of milliseconds above 0')]),
    ...(scanLimit > 0 ? [] : [optionIssue(['scanLimit'], '`scanLimit` must be a number of rows above 0')]),
    ...(typeof allowUnverified === 'boolean'
      ? []
      : [optionIssue(['allowUnverified'], '`allowUnverified` must be true or false')]),
    // One of these has no entries of its own: its headers would be lost without a word.
    ...(Symbol.iterator in headers ? [optionIssue(['headers'], '`headers` must be an object of names and texts')] : []),
    ...(idempotencyKey === undefined || isHeaderValue(idempotencyKey)
      ? []
      : [optionIssue(['idempotencyKey'], '`idempotencyKey` must be a text that can stand in a header')]),
    ...wrong.map(([name]) =>
      isHeaderName(name)
        ? optionIssue(['headers', name], `the header \`${name}\` must be a text that can stand in a header`)
        : optionIssue(['headers'], '`headers` has a name that can not be that of a header'),
    ),
  ]
  if (issues.length > 0) throw new InvalidRequestError(issues)
}

const isHeaderName = (name: string): boolean => /^[!#$%&'*+\-.^_`|~\w]+$/.test(name)

const optionIssue = (path: string[], msg: string): Issue => ({
  type: 'value_error',
  loc: ['options', ...path],
  msg,
  code: 'validation_failed',
})
