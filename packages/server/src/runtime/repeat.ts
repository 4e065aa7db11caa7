/** Stops a repeated task; resolves when it does not run any more. */
export type Stop = () => Promise<void>

/** Runs a task again and again, with a pause after each run. A failure is reported, and the task runs again. */
export function repeat(
  task: () => Promise<unknown>,
  { pause, onError }: { readonly pause: () => number; readonly onError: (error: unknown) => void },
): Stop {
  let stopped = false
  let timer: NodeJS.Timeout
  let running: Promise<unknown> = Promise.resolve()
  const schedule = (): void => {
    if (!stopped) timer = setTimeout(run, pause())
  }
  const run = (): void => {
    running = task().catch(onError).then(schedule)
  }

  schedule()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
