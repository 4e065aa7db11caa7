import type { CallContext } from '../core/context.ts'
import type { WireRequest } from '../core/wire.ts'
import { ConnectionError, type ErrorCause } from '../errors/connection-errors.ts'

/** The error for a request without a complete reply. `problem` follows the method and the path in its message. */
export function connectionError(
  call: CallContext,
  { endpointId, method, path }: WireRequest,
  problem: string,
  error: unknown,
): ConnectionError {
  const cause = causeIn(call, error)
  const code = cause.code === undefined ? '' : ` (${cause.code})`
  return new ConnectionError(`${method} ${path}: ${problem}${code}`, {
    endpoint: endpointId,
    attempts: call.attempts,
    cause,
  })
}

// fetch puts the network's code one or two causes deep, and a caller's own fetch may add another. Only texts that look like a
// class name or a code are taken: messages and properties may contain the request.
function causeIn({ secrets }: CallContext, error: unknown): ErrorCause {
  const chain = [...causesOf(error)]
  const textIn = (key: 'name' | 'code', pattern: RegExp) =>
    chain
      .map((link) => link[key])
      .findLast((text): text is string => typeof text === 'string' && pattern.test(text) && secrets.hide(text) === text)

  return { name: textIn('name', /^[A-Za-z]{1,40}$/), code: textIn('code', /^[A-Z][A-Z0-9_]{1,40}$/) }
}

function* causesOf(error: unknown, depth = 0): Generator<{ name?: unknown; code?: unknown }> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  yield error
  // A host with several addresses fails with an AggregateError.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  yield* causesOf(cause, depth + 1)
  if (Array.isArray(errors)) yield* causesOf(errors[0], depth + 1)
}
