/** The error of a request that gets no response. */
export class TestApiError extends Error {
  /** `ECONNRESET`: a fault broke the connection. `UNHANDLED_REQUEST`: no API or handler serves the request. */
  readonly code: 'ECONNRESET' | 'UNHANDLED_REQUEST'

  constructor(code: TestApiError['code'], message: string) {
    super(message)
    this.name = 'TestApiError'
    this.code = code
  }
}

/** The error with which Node's `fetch` rejects. */
export const fetchFailed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause })

/** Logs unexpected errors. A connection reset by a fault is not logged, because the test asked for it. */
export function logError(error: unknown): void {
  if (!(error instanceof TestApiError && error.code === 'ECONNRESET')) console.error(error)
}
