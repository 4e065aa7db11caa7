import { CheckError } from './check-error.ts'

/** Milliseconds for a check. */
export const TIMEOUT = 10_000

/** Runs an exchange with a platform. Every failure becomes a CheckError without text of the platform. */
export async function withinTime<Result>(
  timeout: number,
  exchange: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(timeout)
  try {
    return await Promise.race([exchange(signal), rejectOn(signal)])
  } catch (error) {
    if (error instanceof CheckError) throw error
    if (signal.aborted) throw new CheckError(`the platform did not answer within ${timeout / 1000} seconds`)
    throw new CheckError(`the platform cannot be reached${codeOf(error)}`)
  }
}

const rejectOn = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

/** Codes such as ENOTFOUND say what to correct. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
