/** A function on the call stack. */
export type Callee = (...args: never[]) => unknown

/**
 * Where a function was called: file, line and column of the first frame below it. Undefined where the engine does not
 * show it. The query of an address is removed, because it may contain secrets.
 */
export function callSiteOf(callee: Callee): string | undefined {
  const holder: { stack?: unknown } = {}
  // It leaves out all frames above the function. It began in V8; other engines have it by now.
  const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, callee: Callee) => void }
  captureStackTrace?.(holder, callee)

  // A program may replace the format of stacks, so it need not be a text.
  const lines = typeof holder.stack === 'string' ? holder.stack.split('\n') : []
  return lines.map(placeIn).find((place) => place !== undefined)
}

// `at read (/app/main.ts:3:7)`, `at /app/main.ts:3:7`, `read@https://app.example.test/main.js:3:7`.
function placeIn(line: string): string | undefined {
  const [, file = '', place = ''] = /^(?:\s*at (?:async )?(?:.*? \()?|[^@]*@)(.+?)(:\d+:\d+)\)?$/.exec(line) ?? []
  // Other addresses (`eval`, `data:`, `node:`) may contain code, and with it secrets.
  if (!/^(?:[a-z-]+:\/\/|\/|[a-z]:[\\/])[^@]{1,500}$/i.test(file)) return undefined
  return `${file.replace(/^file:\/\/|[?#].*$/g, '')}${place}`
}
