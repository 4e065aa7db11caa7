import type { AttemptEvent, CallEvent, ClientEvent } from './events.ts'
import { type Listener, notify } from './notify.ts'
import type { ClientOptions, Logger } from './options.ts'

type Level = Exclude<NonNullable<ClientOptions['logLevel']>, 'off'>

interface LogOptions {
  readonly onEvent: Listener<ClientEvent>
  readonly logger: Logger
  readonly logLevel: Level | 'off'
}

const LEVELS: readonly Level[] = ['error', 'warn', 'info', 'debug']

/** Creates the listener of a client: it calls the listener of the caller and writes the log. */
export function createEventListener({ onEvent, logger, logLevel }: LogOptions): Listener<ClientEvent> {
  if (logLevel === 'off') return onEvent
  return (event) => {
    notify(onEvent, event)
    const level = levelOf(event)
    if (LEVELS.indexOf(level) <= LEVELS.indexOf(logLevel)) notify((line) => logger[level](line), lineOf(event))
  }
}

function levelOf(event: ClientEvent): Level {
  if (event.type === 'attempt') return 'debug'
  if (event.attributes['error.type'] !== undefined) return 'error'
  return event.attempts > event.endpoints.length ? 'warn' : 'info'
}

// Events contain no bodies, headers, ids or values, so lines do not either.
const lineOf = (event: ClientEvent): string =>
  `ai-ticket-creator ${event.type === 'call' ? callLine(event) : attemptLine(event)}`

function callLine({ endpoints, attempts, durationMs, attributes }: CallEvent): string {
  const names = endpoints.map((endpoint) => endpoint ?? 'request').join(' > ')
  const failure = attributes['error.type']
  const outcome = failure === undefined ? 'succeeded' : `failed with ${failure}`
  return `${names === '' ? 'call' : names} ${outcome} after ${count(attempts)} in ${Math.round(durationMs)} ms`
}

function attemptLine({ endpoint, durationMs, attributes, retry }: AttemptEvent): string {
  const outcome = attributes['http.response.status_code'] ?? attributes['error.type'] ?? 'no status'
  const next = retry === undefined ? '' : `, again in ${Math.round(retry.delayMs)} ms: ${retry.reason}`
  const target = attributes['url.template'] ?? endpoint ?? 'a path'
  return `${attributes['http.request.method']} ${target}: ${outcome} in ${Math.round(durationMs)} ms${next}`
}

const count = (attempts: number): string => (attempts === 1 ? '1 request' : `${attempts} requests`)
