import type { CallContext } from '../core/context.ts'
import type { WireRequest } from '../core/wire.ts'
import { ConnectionError, type ErrorCause } from '../errors/connection-errors.ts'

export function connectionError(
  call: CallContext,
  { endpointId, method, path }: WireRequest,
  what: string,
  error: unknown,
): ConnectionError {
  const cause = factsOf(call, error)
  const code = cause.code === undefined ? '' : ` (${cause.code})`
  return new ConnectionError(`${method} ${path}: ${what}${code}`, {
    endpoint: endpointId,
    attempts: call.attempts,
    cause,
  })
}
// fetch hides the network's code one or two causes deep, and one of the caller's own may wrap it once more. Of all that
// only words are taken that look like a class or a code, since messages and properties may hold the request.
function factsOf({ secrets }: CallContext, error: unknown): ErrorCause {
  const chain = [...causesOf(error)]
  const wordIn = (key: 'name' | 'code', form: RegExp) =>
    chain
      .map((link) => link[key])
      .findLast((word): word is string => typeof word === 'string' && form.test(word) && secrets.hide(word) === word)

  return { name: wordIn('name', /^[A-Za-z]{1,40}$/), code: wordIn('code', /^[A-Z][A-Z0-9_]{1,40}$/) }
}
function* causesOf(error: unknown, depth = 0): Generator<{ name?: unknown; code?: unknown }> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  yield error
  // Several addresses of one host fail as an AggregateError.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  yield* causesOf(cause, depth + 1)
  if (Array.isArray(errors)) yield* causesOf(errors[0], depth + 1)
}
