import { PlatformError } from './platform-error.ts'

/** Milliseconds for an exchange with a platform. */
export const TIMEOUT = 10_000

/** The exchange must end when `signal` aborts, and must call `onSent` as soon as the platform may have the request. */
export interface ExchangeContext {
  readonly signal: AbortSignal
  readonly onSent: () => void
}

/** Runs an exchange with a platform. Every failure becomes a PlatformError without text of the platform. */
export async function withinTime<Result>(
  timeout: number,
  exchange: (context: ExchangeContext) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(timeout)
  let isSent = false
  const onSent = (): void => {
    isSent = true
  }
  try {
    return await Promise.race([exchange({ signal, onSent }), rejectOn(signal)])
  } catch (error) {
    throw new PlatformError(describe(error, signal, timeout), { isSent })
  }
}

function describe(error: unknown, { aborted }: AbortSignal, timeout: number): string {
  if (error instanceof PlatformError) return error.message
  return aborted
    ? `the platform did not answer within ${timeout / 1000} seconds`
    : `the platform cannot be reached${codeOf(error)}`
}

const rejectOn = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

/** The code of an error for the message: codes such as ENOTFOUND show what to correct. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
