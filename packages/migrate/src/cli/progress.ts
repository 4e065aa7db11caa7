import type { ProgressEvent } from '../migration.ts'

const INTERVAL = 1000

/** Writes a line when a step starts and when it ends; during a long step a line per second with the speed and the time left. */
export function createProgress(
  stream: { readonly write: (line: string) => unknown },
  clock: () => number = () => performance.now(),
): (event: ProgressEvent) => void {
  let step = ''
  let started = 0
  let lastLine = 0
  return (event) => {
    const now = clock()
    // `backup` and `restore` send no `started` event, so their first `rows` event starts the clock.
    if (event.type === 'started' || event.step !== step) [step, started, lastLine] = [event.step, now, now]
    if (event.type === 'started') {
      stream.write(`${event.direction} ${event.step}\n`)
    }
    if (event.type === 'finished')
      stream.write(`${event.direction} ${event.step} done in ${seconds(now - started)} s\n`)
    if (event.type === 'rows' && now - lastLine >= INTERVAL) {
      lastLine = now
      const perSecond = (event.rows / (now - started)) * 1000
      const left = Math.max(0, event.total - event.rows) / perSecond
      stream.write(
        `  ${event.rows} of ${event.total} rows, ${Math.round(perSecond)} rows/s${Number.isFinite(left) ? `, ${Math.ceil(left)} s left` : ''}\n`,
      )
    }
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)
