import type { ProcessIo } from './process-io.ts'

// A write that is under way is waited for, and then deleted.
const GRACE_SECONDS = 30

/** Why a run ends before its end. */
export interface Stop {
  readonly signal: AbortSignal
  /** The exit code that a signal to the process asks for. */
  readonly exitCode: number | undefined
  /** Says why; undefined while the run may go on. */
  readonly reason: string | undefined
  readonly release: () => void
}

const CODES = { SIGINT: 130, SIGTERM: 143 } as const
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Ctrl-C, SIGTERM and the time limit ask the run to end, so that it deletes what it made. Whoever asks twice does not want
 * to wait; and a run that does not end within its grace is left.
 */
export function createStop(timeoutSeconds: number, terminal: ProcessIo): Stop {
  const controller = new AbortController()
  let exitCode: number | undefined
  let reason: string | undefined
  let grace: NodeJS.Timeout | undefined

  function end(why: string, code: number): void {
    if (controller.signal.aborted) {
      terminal.exit(code)
      return
    }

    reason = why
    grace = setTimeout(() => {
      terminal.stderr.write(
        `could not verify: ${why}, and it did not end within ${GRACE_SECONDS} s; rows of its own may be left\n`,
      )
      terminal.exit(code)
    }, GRACE_SECONDS * 1000)
    controller.abort(new Error(why))
  }
  function onSignal(name: keyof typeof CODES): void {
    exitCode = CODES[name]
    end(`ended by ${name}`, CODES[name])
  }

  const limit = setTimeout(() => end(`not done within ${timeoutSeconds} s`, 2), timeoutSeconds * 1000)
  for (const name of SIGNALS) terminal.on(name, onSignal)

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
      for (const name of SIGNALS) terminal.off(name, onSignal)
    },
  }
}
