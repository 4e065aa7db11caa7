// Which errors of `fetch` prove that no byte of the request was sent. The list is closed: any other error may have come
// after the service received the request.

/** One error in a chain of causes. */
interface Cause {
  readonly name?: unknown
  readonly code?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
}

// There is no connection yet. The same request may succeed a moment later.
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

// These prove the same if they come from `connect`. If they come from `read` or `write`, the request may have been sent.
const OF_CONNECT = ['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']

// The certificate is checked before the request is sent. These are the codes of OpenSSL, and one of Node.
const CERTIFICATE = [
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

// `fetch` refused its arguments. That also happens when a Request of one library is passed to the fetch of another.
const ARGUMENTS = ['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_VALUE', 'ERR_INVALID_URL', 'UND_ERR_INVALID_ARG']

const BLOCKED_PORT = 'ERR_BLOCKED_PORT'

// Errors that have a message and no code: those of Deno, and those for blocked ports.
const MESSAGES: readonly (readonly [RegExp, code: string])[] = [
  [/client error \(Connect\): .*\bConnection refused\b/, 'ECONNREFUSED'],
  [/client error \(Connect\): dns error\b/, 'ENOTFOUND'],
  [/client error \(Connect\): .*\bNo route to host\b/, 'EHOSTUNREACH'],
  [/client error \(Connect\): .*\bNetwork is unreachable\b/, 'ENETUNREACH'],
  [/client error \(Connect\): invalid peer certificate\b/, 'CERT_REJECTED'],
  [/^bad port$/, BLOCKED_PORT],
  [/\bRequests to port \d+ are blocked$/, BLOCKED_PORT],
]

const CODES = [...UNREACHABLE, ...CERTIFICATE, ...ARGUMENTS]

/** The code of an error that proves that the request was not sent; undefined for any other error. */
export function notSentCode(error: unknown): string | undefined {
  for (const { code, syscall, message } of causesOf(error)) {
    if (typeof code === 'string' && (CODES.includes(code) || (OF_CONNECT.includes(code) && syscall === 'connect')))
      return code
    const known = typeof message === 'string' ? MESSAGES.find(([pattern]) => pattern.test(message)) : undefined
    if (known !== undefined) return known[1]
  }
  return undefined
}

/** Whether a request that was not sent may succeed when it is sent again. */
export const isTransient = (code: string | undefined): boolean =>
  code !== undefined && (UNREACHABLE.includes(code) || OF_CONNECT.includes(code))

/**
 * An error and its causes. fetch puts the error of the network one or two causes deep, and a caller's own fetch may add
 * another.
 */
export function causesOf(error: unknown, depth = 0): readonly Cause[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  // A host with several addresses fails with an AggregateError.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  return [error, ...causesOf(cause, depth + 1), ...(Array.isArray(errors) ? causesOf(errors[0], depth + 1) : [])]
}
