import { ENVIRONMENT, withEnvironment } from './environment.ts'
import { inLowerCase, isHeaderValue } from './header-syntax.ts'
import { createHttpClient, type HttpClient, isKyInstance } from './http-client.ts'
import { createEventListener } from './log.ts'
import type { BackoffOptions, ClientOptions, Logger } from './options.ts'
import { isCount, MUST_BE_COUNT, wrongHeaders } from './request-options.ts'
import { isMs, MUST_BE_MS } from './timeout.ts'

/** The options of a client, checked and with defaults. */
export interface Settings {
  /** The base URL with `/api/v1`, without a trailing slash. */
  readonly root: string
  readonly token: NonNullable<ClientOptions['token']>
  /** The headers of every request, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The headers that the caller gave. Their values are secret, and they may select an organization. */
  readonly callerHeaders: Readonly<Record<string, string>>
  readonly timeout: number
  readonly totalTimeout: number
  readonly maxRetries: number
  readonly backoff: BackoffOptions
  /** Infinity: no limit. */
  readonly maxConcurrency: number
  readonly allowUnverified: boolean
  readonly validation: 'report' | 'strict' | 'off'
  readonly http: HttpClient
  readonly onDrift: ClientOptions['onDrift']
  readonly onEvent: ClientOptions['onEvent']
}

/**
 * Checks the options of a client and adds the defaults.
 *
 * @throws TypeError that names the option, never its value.
 */
export function parseSettings(given: ClientOptions): Settings {
  assertOptions('createClient', given)
  assertKnown(given)
  const options = withEnvironment(given)

  const { consumer, headers, maxRetries = 2, onDrift, onEvent } = options
  assertOption(
    consumer === undefined || isHeaderValue(consumer),
    '`consumer` must be a string that is valid in a header',
  )
  for (const [name, listener] of Object.entries({ fetch: options.fetch, onDrift, onEvent }))
    assertOption(listener === undefined || typeof listener === 'function', `\`${name}\` must be a function`)

  const [wrong] = wrongHeaders({ headers })
  assertOption(wrong === undefined, wrong?.msg ?? '')
  assertOption(isCount(maxRetries), `\`maxRetries\` ${MUST_BE_COUNT}`)

  return {
    root: parseBaseUrl(options, 'baseUrl' in given ? 'baseUrl' : ENVIRONMENT.baseUrl),
    token: parseToken(options, 'token' in given ? 'token' : ENVIRONMENT.token),
    headers: {
      accept: 'application/json',
      ...inLowerCase({ ...(consumer !== undefined && clientHeaders(consumer)), ...headers }),
    },
    callerHeaders: headers ?? {},
    timeout: parseMs('timeout', options.timeout, 30_000),
    totalTimeout: parseMs('totalTimeout', options.totalTimeout, 120_000),
    maxRetries: options.retry === false ? 0 : maxRetries,
    backoff: parseBackoff(options.retry),
    maxConcurrency: parseMaxConcurrency(options.maxConcurrency),
    allowUnverified: parseFlag('allowUnverified', options.allowUnverified, false),
    validation: parseChoice('validation', options.validation, ['report', 'strict', 'off']),
    http: parseHttpClient(options),
    onDrift,
    onEvent: createEventListener({
      onEvent,
      logger: parseLogger(options.logger),
      logLevel: parseChoice('logLevel', options.logLevel, ['off', 'error', 'warn', 'info', 'debug']),
    }),
  }
}

/** @throws TypeError when the argument of a function is not an object; JavaScript callers may pass anything. */
export function assertOptions(name: string, options: unknown): void {
  assertOption(typeof options === 'object' && options !== null, `${name} needs an object of options`)
}

const KNOWN_OPTIONS = {
  baseUrl: true,
  token: true,
  headers: true,
  consumer: true,
  timeout: true,
  totalTimeout: true,
  maxRetries: true,
  retry: true,
  maxConcurrency: true,
  ky: true,
  fetch: true,
  allowUnverified: true,
  validation: true,
  logLevel: true,
  logger: true,
  onDrift: true,
  onEvent: true,
} as const satisfies Record<keyof ClientOptions, true>

function assertKnown(options: object): void {
  for (const name of Object.keys(options))
    assertOption(Object.hasOwn(KNOWN_OPTIONS, name), `\`${name}\` is not an option of createClient`)
}

/** @throws TypeError with the message if the condition is false. */
export function assertOption(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TypeError(message)
}

/** `name`: the option, or the environment variable that its value comes from. */
function parseBaseUrl(options: ClientOptions, name: string): string {
  const { baseUrl } = options
  assertGiven(options, 'baseUrl', `or set ${ENVIRONMENT.baseUrl}`)
  assertOption(typeof URL === 'function', 'createClient needs `URL`, which this runtime lacks: install a polyfill')
  const text = String(baseUrl).trim()
  const url = parseUrl(text)
  assertOption(url !== undefined, `\`${name}\` must be a complete address, such as https://tickets.example.test`)
  assertOption(/^https?:$/.test(url.protocol), `\`${name}\` must start with https:// or http://`)
  assertOption(
    url.username === '' && url.password === '',
    `\`${name}\` must not contain credentials; pass them as \`token\``,
  )
  // The text is tested, because a URL reports an empty query or fragment as absent.
  assertOption(!/[?#]/.test(text), `\`${name}\` must have neither query nor fragment`)
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`
}

// `URL.canParse` is newer than some runtimes.
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Throws if the option is missing or undefined. An undefined value usually means that an environment variable is not set. */
function assertGiven(options: ClientOptions, name: 'baseUrl' | 'token', advice: string): void {
  assertOption(name in options, `\`${name}\` is missing: give it, ${advice}`)
  assertOption(options[name] !== undefined, `\`${name}\` is undefined: is the variable that it comes from set?`)
}

function parseHttpClient({ ky, fetch }: ClientOptions): HttpClient {
  assertOption(ky === undefined || isKyInstance(ky), '`ky` must be an instance of ky 2 or later')
  assertOption(
    ky === undefined || fetch === undefined,
    '`ky` and `fetch` cannot be given together; use `ky.extend({ fetch })`',
  )
  return createHttpClient({ ky, fetch })
}

function parseLogger(logger: ClientOptions['logger'] = console): Logger {
  const methods = ['debug', 'info', 'warn', 'error'] as const
  const isLogger =
    typeof logger === 'object' && logger !== null && methods.every((one) => typeof logger[one] === 'function')
  assertOption(isLogger, '`logger` must have the methods `debug`, `info`, `warn` and `error`')
  return logger
}

function parseToken(options: ClientOptions, name: string): Settings['token'] {
  const { token } = options
  assertGiven(options, 'token', `or set ${ENVIRONMENT.token} together with ${ENVIRONMENT.baseUrl}`)
  assertOption(
    typeof token === 'function' || isHeaderValue(token),
    `\`${name}\` must be a string that is valid in a header, or a function`,
  )
  return token
}

/** Returns the value, or the first choice if it is undefined. */
export function parseChoice<const T extends string>(
  name: string,
  value: T | undefined,
  choices: readonly [T, ...T[]],
): T {
  const [defaultValue] = choices
  const quoted = choices.map((choice) => `'${choice}'`)
  const list = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
  assertOption(value === undefined || choices.includes(value), `\`${name}\` must be ${list}`)
  return value ?? defaultValue
}

export function parseFlag(name: string, value: boolean | undefined, defaultValue: boolean): boolean {
  assertOption(value === undefined || typeof value === 'boolean', `\`${name}\` must be true or false`)
  return value ?? defaultValue
}

export function parseMs(name: string, value: number | undefined, defaultValue: number): number {
  assertOption(isMs(value), `\`${name}\` ${MUST_BE_MS}`)
  return value ?? defaultValue
}

function parseMaxConcurrency(value = Number.POSITIVE_INFINITY): number {
  const isLimit = value === Number.POSITIVE_INFINITY || (isCount(value) && value > 0)
  assertOption(isLimit, '`maxConcurrency` must be a whole number above 0')
  return value
}

function parseBackoff(retry: ClientOptions['retry'] = {}): BackoffOptions {
  assertOption(retry === false || (typeof retry === 'object' && retry !== null), '`retry` must be an object or false')
  const { baseDelay, throttlingBaseDelay, maxDelay, ...others } = retry === false ? {} : retry
  const [unknown] = Object.keys(others)
  assertOption(unknown !== 'attempts', '`attempts` is not an option of `retry`; use `maxRetries`')
  assertOption(unknown === undefined, `\`${unknown}\` is not an option of \`retry\``)
  return {
    baseDelay: parseMs('retry.baseDelay', baseDelay, 50),
    throttlingBaseDelay: parseMs('retry.throttlingBaseDelay', throttlingBaseDelay, 1000),
    maxDelay: parseMs('retry.maxDelay', maxDelay, 20_000),
  }
}

function clientHeaders(consumer: string): Record<string, string> {
  // A browser ignores a `User-Agent` of the program, or sends a preflight request because of it.
  const isBrowser = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false
  return { 'X-Client': consumer, ...(!isBrowser && { 'User-Agent': `${consumer} ai-ticket-creator-sdk` }) }
}
