import { onTestFinished } from 'vitest'

/** The reasons of unhandled rejections from now on until the test has finished. */
export function recordUnhandledRejections(): readonly unknown[] {
  const reasons: unknown[] = []
  const listener = (reason: unknown) => reasons.push(reason)
  process.on('unhandledRejection', listener)
  onTestFinished(() => void process.off('unhandledRejection', listener))
  return reasons
}
