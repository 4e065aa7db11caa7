import type { ProgressEvent } from '../../src/index.ts'
import { rounded } from './statistics.ts'

/** Measures each step by its progress; a step that runs several times has the sum. */
export function createWatch() {
  const secondsOfSteps: Record<string, number> = {}
  let started = 0
  const onProgress = ({ type, step, direction }: ProgressEvent & { readonly direction?: string }) => {
    if (type === 'started') started = performance.now()
    if (type !== 'finished' || direction !== 'apply') return
    const seconds = (performance.now() - started) / 1000
    secondsOfSteps[step] = rounded((secondsOfSteps[step] ?? 0) + seconds)
  }
  return { onProgress, secondsOfSteps }
}
