/** Why a request gets no answer. */
export class TestApiError extends Error {
  readonly code: 'ECONNRESET' | 'UNHANDLED_REQUEST'

  constructor(code: TestApiError['code'], message: string) {
    super(message)
    this.name = 'TestApiError'
    this.code = code
  }
}

/** What `fetch` rejects with, in the form of Node's own: the reason is the cause. */
export const fetchFailed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause })

/** A connection that breaks on purpose needs no telling; a request that nobody serves, or a fault that fails, does. */
export function logError(error: unknown): void {
  if (!(error instanceof TestApiError && error.code === 'ECONNRESET')) console.error(error)
}
