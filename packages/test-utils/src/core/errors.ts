/** The error of a request that gets no response. */
export class TestApiError extends Error {
  readonly code: 'ECONNRESET' | 'UNHANDLED_REQUEST'

  constructor(code: TestApiError['code'], message: string) {
    super(message)
    this.name = 'TestApiError'
    this.code = code
  }
}

/** The rejection of `fetch`, in the form that Node gives it: the reason is the cause. */
export const fetchFailed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause })

/** Logs unexpected errors. A connection reset by a fault is not logged, because the test asked for it. */
export function logError(error: unknown): void {
  if (!(error instanceof TestApiError && error.code === 'ECONNRESET')) console.error(error)
}
