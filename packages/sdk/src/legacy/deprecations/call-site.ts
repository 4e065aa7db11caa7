import { callSiteIn } from '@ai-ticket-creator/domain/internal'
import type { Callee } from './uses.ts'

/** Where a function was called: file, line and column. Undefined if the engine does not provide it. */
export function callSiteOf(callee: Callee): string | undefined {
  const holder: { stack?: unknown } = {}
  // V8 has it, and other engines by now: it leaves out the function and all frames above it, whatever their names.
  const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, callee: Callee) => void }
  captureStackTrace?.(holder, callee)
  return callSiteIn(holder.stack)
}
