/** Returns the error of a promise that must reject. Throws if it resolves. */
export async function caught(promise: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error('expected a rejection')
}
