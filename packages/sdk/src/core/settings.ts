import { createLedger } from '../deprecations/ledger.ts'
import { backendAt } from '../negotiation/backend-state.ts'
import type { Backend, Ledger } from './client-state.ts'

import { type BackoffOptions, type ClientOptions, isHeaderValue } from './options.ts'
import { isMs } from './request-options.ts'

/** Options that are checked and complete. */

export interface Settings {
  /** With `/api/v1`, without a slash at the end. */
  readonly root: string
  readonly token: ClientOptions['token']
  readonly headers: Readonly<Record<string, string>>
  readonly generation: 'auto' | 'current' | 'legacy'
  readonly timeout: number
  readonly totalTimeout: number
  readonly pace: BackoffOptions
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
  for (const name of Object.keys(options))
    assertOption(known.includes(name), `\`${name}\` is not an option of createClient`)

  const { generation = 'auto', token, consumer, fetch, legacyFields = true, onDeprecation, onDrift, onEvent } = options
  const { validation = 'report', allowUnverified = false } = options
  assertOption(['auto', 'current', 'legacy'].includes(generation), "`generation` must be 'auto', 'current' or 'legacy'")
  assertOption(
    typeof token === 'function' || isHeaderValue(token),
    '`token` must be a text without line breaks, or a function',
  )
  assertOption(consumer === undefined || isHeaderValue(consumer), '`consumer` must be a text without line breaks')
  assertOption(typeof allowUnverified === 'boolean', '`allowUnverified` must be true or false')
  assertOption(['report', 'strict', 'off'].includes(validation), "`validation` must be 'report', 'strict' or 'off'")
  for (const [name, handler] of Object.entries({ fetch, onDeprecation, onDrift, onEvent }))
    assertOption(handler === undefined || typeof handler === 'function', `\`${name}\` must be a function`)

  const root = readBaseUrl(options.baseUrl)
  return {
    root,
    token,
    headers: consumer === undefined ? {} : clientHeaders(consumer),
    generation,
    timeout: readMs('timeout', options.timeout, 30000),
    totalTimeout: readMs('totalTimeout', options.totalTimeout, 120000),
    pace: readPace(options.retry),
    backend: backendAt(root, fetch),
    lookupTtl: options.nameCacheTtl === 0 ? 0 : readMs('lookupTtl', options.nameCacheTtl, 30000),
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
function assertOption(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TypeError(message)
}
function readBaseUrl(baseUrl: string | URL): string {
  const text = String(baseUrl).trim()
  const url = URL.canParse(text) ? new URL(text) : undefined
  assertOption(url !== undefined, '`baseUrl` must be a complete address, such as https://tickets.example.test')
  assertOption(/^https?:$/.test(url.protocol), '`baseUrl` must start with https:// or http://')
  assertOption(
    url.username === '' && url.password === '',
    '`baseUrl` must not have credentials in it; send them as `token`',
  )
  // The parser forgets an empty query or fragment, but what is added to the address would land in it.
  assertOption(!/[?#]/.test(text), '`baseUrl` must have neither query nor fragment')
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`
}
function readMs(name: string, value: number | undefined, standard: number): number {
  assertOption(isMs(value), `\`${name}\` must be a number of milliseconds above 0`)
  return value ?? standard
}
function readPace(retry: ClientOptions['retry'] = {}): BackoffOptions {
  assertOption(retry === false || (typeof retry === 'object' && retry !== null), '`retry` must be an object or false')
  const { attempts = 3, baseDelay, maxDelay, ...others } = retry === false ? { attempts: 1 } : retry
  const [unknown] = Object.keys(others)
  assertOption(unknown === undefined, `\`${unknown}\` is not an option of \`retry\``)
  assertOption(Number.isInteger(attempts) && attempts > 0, '`retry.attempts` must be a whole number above 0')
  return {
    attempts,
    baseDelay: readMs('retry.baseDelay', baseDelay, 200),
    maxDelay: readMs('retry.maxDelay', maxDelay, 20000),
  }
}

export function clientHeaders(consumer: string): Record<string, string> {
  // Browsers keep User-Agent to themselves, and asking for it costs a preflight.
  const inBrowser = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false
  return { 'X-Client': consumer, ...(!inBrowser && { 'User-Agent': `${consumer} ai-ticket-creator-sdk` }) }
}
