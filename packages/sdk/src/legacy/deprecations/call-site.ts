import { callSiteIn } from '@ai-ticket-creator/domain/internal'
import type { Callee } from './uses.ts'

/** Where a function was called: file, line and column. Undefined if the engine does not provide it. */
export function callSiteOf(callee: Callee): string | undefined {
  const holder: { stack?: unknown } = {}
  // V8 and newer versions of other engines have this function. The stack then begins at the caller of the callee.
  const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, callee: Callee) => void }
  captureStackTrace?.(holder, callee)
  return callSiteIn(holder.stack)
}
