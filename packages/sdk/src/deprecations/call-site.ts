/** Something that stands on the stack. */
export type Callee = (...args: never[]) => unknown

/**
 * Where a function was called: file, line and column of the first frame below it. Undefined where the engine does not
 * tell. Addresses lose their query, which may hold anything.
 */
export function callSiteOf(callee: Callee): string | undefined {
  const holder: { stack?: unknown } = {}
  // V8's own, by now in the other engines too; it leaves out all frames above the function, whatever they are called.
  const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, callee: Callee) => void }
  captureStackTrace?.(holder, callee)

  // Programs may have their own way to write a stack.
  const lines = typeof holder.stack === 'string' ? holder.stack.split('\n') : []
  return lines.map(placeIn).find((place) => place !== undefined)
}

// `at read (/app/main.ts:3:7)`, `at /app/main.ts:3:7`, `read@https://app.example.test/main.js:3:7`.
function placeIn(line: string): string | undefined {
  const [, file = '', place = ''] = /^(?:\s*at (?:async )?(?:.*? \()?|[^@]*@)(.+?)(:\d+:\d+)\)?$/.exec(line) ?? []
  // What is no file (`eval`, `data:`, `node:`) may hold code, and with it whatever is written there.
  if (!/^(?:[a-z-]+:\/\/|\/|[a-z]:[\\/])[^@]{1,500}$/i.test(file)) return undefined
  return `${file.replace(/^file:\/\/|[?#].*$/g, '')}${place}`
}
