import type { CallContext } from '../core/context.ts'
import type { WireRequest } from '../core/wire.ts'
import { ConnectionError, type ConnectionErrorOptions, type ErrorCause } from '../errors/connection-errors.ts'
import { causesOf, codeNotSent } from './not-sent.ts'

/** The error for an attempt that ended without a complete reply. `problem` follows the method and the path in its message. */
export function connectionError(
  call: CallContext,
  request: WireRequest,
  problem: string,
  error: unknown,
): ConnectionError {
  const code = codeNotSent(error)
  return code === undefined
    ? toConnectionError(call, request, { problem, sent: 'unknown', cause: causeIn(call, error) })
    : toConnectionError(call, request, { ...NOT_SENT, cause: { ...causeIn(call, error), code } })
}

/** The error for an attempt that failed before `fetch` was called. */
export const notSentError = (call: CallContext, request: WireRequest, error: unknown): ConnectionError =>
  toConnectionError(call, request, { ...NOT_SENT, cause: causeIn(call, error) })

const NOT_SENT = { problem: 'not sent', sent: 'no' } as const

function toConnectionError(
  { settings, attempts }: CallContext,
  { endpointId, method, path }: WireRequest,
  { problem, sent, cause }: Pick<ConnectionErrorOptions, 'sent' | 'cause'> & { readonly problem: string },
): ConnectionError {
  const reason = cause.code ?? cause.message
  const detail = reason === undefined ? '' : ` (${reason})`
  const { host } = new URL(settings.root)
  const message = `${method} ${path} at ${host}: ${problem}${detail}`
  return new ConnectionError(message, { endpoint: endpointId, host, attempts, sent, cause })
}

// Only texts that look like a class name, a code or a mistake in a program are taken: others may contain the request.
function causeIn({ secrets }: CallContext, error: unknown): ErrorCause {
  const chain = causesOf(error)
  const textIn = (key: 'name' | 'code' | 'message', pattern: RegExp) =>
    chain
      .map((link) => link[key])
      .findLast((text): text is string => typeof text === 'string' && pattern.test(text) && secrets.hide(text) === text)

  const message = textIn('message', PROGRAM_MISTAKE)
  return {
    name: textIn('name', /^[A-Za-z]{1,40}$/),
    code: textIn('code', /^[A-Z][A-Z0-9_]{1,40}$/),
    ...(message !== undefined && { message }),
  }
}

// The messages of JavaScript engines for a missing function or variable, which show names of a program only. A `fetch` of the
// caller's own that throws one never succeeds.
const PROGRAM_MISTAKE =
  /^(?:[\w$.]{1,80} is not (?:a function|a constructor|defined|iterable)|Cannot read properties of (?:undefined|null) \(reading '[\w$]{1,40}'\)|Can't find variable: [\w$]{1,40}|undefined is not an object \(evaluating '[\w$.]{1,80}'\))$/
