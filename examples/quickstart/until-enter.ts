import { once } from 'node:events'
import { say } from './print.ts'

/** Waits for Enter in a terminal. Without one, as in CI, nobody can press it, and nothing is printed. */
export async function untilEnter(prompt: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return
  say(prompt)
  // Ctrl-D ends the input.
  await Promise.race([once(process.stdin, 'data'), once(process.stdin, 'end')])
  // It would keep the process alive.
  process.stdin.pause()
}
