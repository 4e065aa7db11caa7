import type { CallContext } from '../core/call-context.ts'
import type { WireRequest } from '../core/wire.ts'
import { ConnectionError, type ConnectionErrorOptions, type ErrorCause } from '../errors/connection-errors.ts'
import type { Secrets } from '../errors/redact.ts'
import { causesOf, notSentCode } from './not-sent.ts'

/** The error for an attempt that ended without a complete reply. `problem` follows the method and the path in its message. */
export function connectionError(
  call: CallContext,
  request: WireRequest,
  error: unknown,
  problem = 'no reply',
): ConnectionError {
  const code = notSentCode(error)
  if (code !== undefined)
    return toConnectionError(call, request, { ...NOT_SENT, cause: { ...causeIn(call, error, withoutUrls), code } })
  return toConnectionError(call, request, { problem, sent: 'unknown', cause: causeIn(call, error, ifProgramMistake) })
}

/** The error for an attempt that failed before `fetch` was called. */
export const notSentError = (call: CallContext, request: WireRequest, error: unknown): ConnectionError =>
  toConnectionError(call, request, { ...NOT_SENT, cause: causeIn(call, error, withoutUrls) })

/** The error for an attempt whose reply arrived before a hook of the caller threw an error. */
export const hookError = (call: CallContext, request: WireRequest, error: unknown): ConnectionError =>
  toConnectionError(call, request, {
    problem: 'a hook failed after the request was sent',
    sent: 'unknown',
    cause: causeIn(call, error, withoutUrls),
  })

const NOT_SENT = { problem: 'not sent', sent: 'no' } as const

function toConnectionError(
  { settings, log: { attempts } }: CallContext,
  { endpointId, method, path }: WireRequest,
  { problem, sent, cause }: Pick<ConnectionErrorOptions, 'sent' | 'cause'> & { readonly problem: string },
): ConnectionError {
  const reason = cause.code ?? cause.message
  const detail = reason === undefined ? '' : ` (${reason})`
  const { host } = new URL(settings.root)
  const message = `${method} ${path} at ${host}: ${problem}${detail}`
  return new ConnectionError(message, { endpoint: endpointId, host, attempts, sent, cause })
}

/** The name and the code of the innermost error that has them, and the innermost message that `toMessage` returns. */
function causeIn(
  { secrets }: CallContext,
  error: unknown,
  toMessage: (text: string, secrets: Secrets) => string | undefined,
): ErrorCause {
  const chain = causesOf(error)
  const textIn = (key: 'name' | 'code', pattern: RegExp) =>
    chain
      .map((link) => link[key])
      .findLast(
        (text): text is string => typeof text === 'string' && pattern.test(text) && isFreeOfSecrets(text, secrets),
      )

  const message = chain
    .map((link) => (typeof link.message === 'string' ? toMessage(link.message, secrets) : undefined))
    .findLast((text) => text !== undefined)
  return {
    name: textIn('name', /^[A-Za-z]{1,40}$/),
    code: textIn('code', /^[A-Z][A-Z0-9_]{1,40}$/),
    ...(message !== undefined && { message }),
  }
}

// Messages of JavaScript engines for a mistake in a program. They contain only names of functions and variables, so they can be
// shown. A `fetch` of the caller with such a mistake fails every time.
const PROGRAM_MISTAKE =
  /^(?:[\w$.]{1,80} is not (?:a function|a constructor|defined|iterable)|Cannot read properties of (?:undefined|null) \(reading '[\w$]{1,40}'\)|Can't find variable: [\w$]{1,40}|undefined is not an object \(evaluating '[\w$.]{1,80}'\))$/

// Other messages of a failed `fetch` may contain the request or its reply.
const ifProgramMistake = (text: string, secrets: Secrets): string | undefined =>
  PROGRAM_MISTAKE.test(text) && isFreeOfSecrets(text, secrets) ? text : undefined

const isFreeOfSecrets = (text: string, secrets: Secrets): boolean => secrets.hide(text) === text

const MAX_MESSAGE_LENGTH = 200

// URLs are removed: the URL of a proxy may contain a password, and the URL of a request may contain values of parameters.
function withoutUrls(text: string, secrets: Secrets): string | undefined {
  const [line = ''] = secrets
    .hide(text)
    .replace(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, '[url]')
    .trim()
    .split('\n')
  return line === '' ? undefined : line.slice(0, MAX_MESSAGE_LENGTH)
}
