import { isHeaderValue } from './header-syntax.ts'
import type { BackoffOptions, ClientOptions } from './options.ts'
import { isMs, MUST_BE_MS } from './timeout.ts'

/** The options of a client, checked and with defaults. */
export interface Settings {
  /** The base URL with `/api/v1`, without a trailing slash. */
  readonly root: string
  readonly token: ClientOptions['token']
  readonly cacheKey: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly generation: 'auto' | 'current' | 'legacy'
  readonly timeout: number
  readonly totalTimeout: number
  readonly backoff: BackoffOptions
  readonly nameCacheTtl: number
  readonly legacyFields: boolean
  readonly allowUnverified: boolean
  readonly validation: 'report' | 'strict' | 'off'
  readonly fetch: ClientOptions['fetch']
  readonly onDeprecation: ClientOptions['onDeprecation']
  readonly onDrift: ClientOptions['onDrift']
  readonly onEvent: ClientOptions['onEvent']
}

type Options = ClientOptions & { readonly legacyFields?: boolean | undefined }

/** @throws TypeError that names the option, never its value. */
export function readOptions(options: Options): Settings {
  assertOptions('createClient', options)
  assertKnown(options)

  const { consumer, cacheKey, nameCacheTtl, fetch, onDeprecation, onDrift, onEvent } = options
  assertOption(cacheKey === undefined || typeof cacheKey === 'string', '`cacheKey` must be a string')
  assertOption(
    consumer === undefined || isHeaderValue(consumer),
    '`consumer` must be a string that is valid in a header',
  )
  for (const [name, listener] of Object.entries({ fetch, onDeprecation, onDrift, onEvent }))
    assertOption(listener === undefined || typeof listener === 'function', `\`${name}\` must be a function`)

  return {
    root: readBaseUrl(options.baseUrl),
    token: readToken(options.token),
    cacheKey: options.cacheKey,
    headers: consumer === undefined ? {} : clientHeaders(consumer),
    generation: readChoice('generation', options.generation, ['auto', 'current', 'legacy']),
    timeout: readMs('timeout', options.timeout, 30_000),
    totalTimeout: readMs('totalTimeout', options.totalTimeout, 120_000),
    backoff: readBackoff(options.retry),
    nameCacheTtl: nameCacheTtl === 0 ? 0 : readMs('nameCacheTtl', nameCacheTtl, 30_000),
    legacyFields: readFlag('legacyFields', options.legacyFields, true),
    allowUnverified: readFlag('allowUnverified', options.allowUnverified, false),
    validation: readChoice('validation', options.validation, ['report', 'strict', 'off']),
    fetch,
    onDeprecation,
    onDrift,
    onEvent,
  }
}

/** @throws TypeError when the argument of a function is not an object; JavaScript callers may pass anything. */
export function assertOptions(name: string, options: unknown): void {
  assertOption(typeof options === 'object' && options !== null, `${name} needs an object of options`)
}

const KNOWN_OPTIONS = {
  baseUrl: true,
  token: true,
  cacheKey: true,
  consumer: true,
  generation: true,
  timeout: true,
  totalTimeout: true,
  retry: true,
  nameCacheTtl: true,
  fetch: true,
  legacyFields: true,
  allowUnverified: true,
  validation: true,
  onDeprecation: true,
  onDrift: true,
  onEvent: true,
} as const satisfies Record<keyof Options, true>

function assertKnown(options: object): void {
  for (const name of Object.keys(options))
    assertOption(Object.hasOwn(KNOWN_OPTIONS, name), `\`${name}\` is not an option of createClient`)
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
    '`baseUrl` must not contain credentials; pass them as `token`',
  )
  // URL drops an empty query or fragment, but the path that is appended to the text would become part of it.
  assertOption(!/[?#]/.test(text), '`baseUrl` must have neither query nor fragment')
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`
}

function readToken(token: ClientOptions['token']): ClientOptions['token'] {
  assertOption(
    typeof token === 'function' || isHeaderValue(token),
    '`token` must be a string that is valid in a header, or a function',
  )
  return token
}

function readChoice<const T extends string>(name: string, value: T | undefined, choices: readonly [T, ...T[]]): T {
  const [standard] = choices
  const quoted = choices.map((choice) => `'${choice}'`)
  const list = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
  assertOption(value === undefined || choices.includes(value), `\`${name}\` must be ${list}`)
  return value ?? standard
}

function readFlag(name: string, value: boolean | undefined, standard: boolean): boolean {
  assertOption(value === undefined || typeof value === 'boolean', `\`${name}\` must be true or false`)
  return value ?? standard
}

function readMs(name: string, value: number | undefined, standard: number): number {
  assertOption(isMs(value), `\`${name}\` ${MUST_BE_MS}`)
  return value ?? standard
}

function readBackoff(retry: ClientOptions['retry'] = {}): BackoffOptions {
  assertOption(retry === false || (typeof retry === 'object' && retry !== null), '`retry` must be an object or false')
  const { attempts = 3, baseDelay, maxDelay, ...others } = retry === false ? { attempts: 1 } : retry
  const [unknown] = Object.keys(others)
  assertOption(unknown === undefined, `\`${unknown}\` is not an option of \`retry\``)
  assertOption(Number.isInteger(attempts) && attempts > 0, '`retry.attempts` must be a whole number above 0')
  return {
    attempts,
    baseDelay: readMs('retry.baseDelay', baseDelay, 200),
    maxDelay: readMs('retry.maxDelay', maxDelay, 20_000),
  }
}

function clientHeaders(consumer: string): Record<string, string> {
  // Browsers do not allow another User-Agent, and an attempt to set it costs a preflight.
  const isBrowser = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false
  return { 'X-Client': consumer, ...(!isBrowser && { 'User-Agent': `${consumer} ai-ticket-creator-sdk` }) }
}
