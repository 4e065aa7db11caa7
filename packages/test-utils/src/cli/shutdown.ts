import type { ProcessIo } from './process-io.ts'

// The time for a running write to end and for the test data to be deleted. A rate limit can delay them by up to a minute.
const GRACE_SECONDS = 75

/** Stops a run early. */
export interface Shutdown {
  /** Aborted when the run must stop. */
  readonly signal: AbortSignal
  /** The exit code when SIGINT or SIGTERM stopped the run; undefined otherwise. */
  readonly exitCode: number | undefined
  /** Why the run was stopped; undefined if it was not. */
  readonly reason: string | undefined
  /** Removes listeners and timers. */
  readonly release: () => void
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Ctrl-C, SIGTERM and the time limit abort the run, which then deletes its test data. A second signal, or a run that does
 * not end within 75 seconds, ends the process at once.
 */
export function createShutdown(timeoutSeconds: number, io: ProcessIo): Shutdown {
  const controller = new AbortController()
  let exitCode: number | undefined
  let reason: string | undefined
  let grace: NodeJS.Timeout | undefined

  function stop(why: string, code: number): void {
    if (controller.signal.aborted) {
      io.exit(code)
      return
    }

    reason = why
    // The end of the time limit must not count as a second signal.
    clearTimeout(limit)
    grace = setTimeout(() => {
      io.stderr.write(`inconclusive: ${why}, and it did not end within ${GRACE_SECONDS} s; test data may be left\n`)
      io.exit(code)
    }, GRACE_SECONDS * 1000)
    controller.abort(new Error(why))
  }
  function onSignal(name: keyof typeof EXIT_CODES): void {
    exitCode = EXIT_CODES[name]
    stop(`ended by ${name}`, EXIT_CODES[name])
  }

  const limit = setTimeout(() => stop(`not done within ${timeoutSeconds} s`, 2), timeoutSeconds * 1000)
  for (const name of SIGNALS) io.on(name, onSignal)

  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode
    },
    get reason() {
      return reason
    },
    release() {
      clearTimeout(limit)
      clearTimeout(grace)
      for (const name of SIGNALS) io.off(name, onSignal)
    },
  }
}
