import { clearLine, cursorTo } from 'node:readline'
import { escapeForLog } from '../reporters/escape-control.ts'
import type { Progress } from '../verify/engine/options.ts'
import type { Writable } from './process-io.ts'

/** A progress line that overwrites itself. It is shown only in a terminal: a log would contain every state of the line. */
export function createProgress(stream: Writable, env: NodeJS.ProcessEnv) {
  if (stream.isTTY !== true || env['CI'] !== undefined) return { show: () => {}, clear: () => {} }

  const clear = (): void => {
    clearLine(stream, 0)
    cursorTo(stream, 0)
  }
  const show = ({ done, total, title }: Progress): void => {
    clear()
    stream.write(`${done}/${total} ${escapeForLog(title)}`.slice(0, Math.max(1, (stream.columns ?? 80) - 1)))
  }
  return { show, clear }
}
