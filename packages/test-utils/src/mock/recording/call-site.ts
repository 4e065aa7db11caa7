/** Something that stands on the stack. */
export type Callee = (...args: never[]) => unknown

/**
 * Where the consumer's own code called a function: file, line and column of the first frame that is no dependency's and
 * none of our packages. Undefined where no such frame is on the stack.
 */
export function callSiteOf(callee: Callee): string | undefined {
  // V8's own, by now in the other engines too; it leaves out all frames above the function.
  const engine = Error as { stackTraceLimit?: number; captureStackTrace?: (holder: object, callee: Callee) => void }
  const limit = engine.stackTraceLimit
  const holder: { stack?: unknown } = {}
  try {
    // A client in between has some twenty frames.
    engine.stackTraceLimit = FRAMES
    engine.captureStackTrace?.(holder, callee)
    return typeof holder.stack === 'string' ? firstOwn(holder.stack) : undefined
  } finally {
    if (limit !== undefined) engine.stackTraceLimit = limit
  }
}

const FRAMES = 60

const firstOwn = (stack: string): string | undefined =>
  stack
    .split('\n')
    .map(placeIn)
    .find((place) => place !== undefined && !isForeign(place))

// `at read (/app/main.ts:3:7)`, `at async /app/main.ts:3:7`, `read@https://app.example.test/main.js:3:7`.
function placeIn(line: string): string | undefined {
  const [, file = '', place = ''] = /^(?:\s*at (?:async )?(?:.*? \()?|[^@]*@)(.+?)(:\d+:\d+)\)?$/.exec(line) ?? []
  // What is no file (`eval`, `data:`, `node:`) may hold code, and with it whatever is written there.
  if (!/^(?:[a-z-]+:\/\/|\/|[a-z]:[\\/])[^@]{1,500}$/i.test(file)) return undefined
  return `${file.replace(/^file:\/\/|[?#].*$/g, '')}${place}`
}

const isForeign = (place: string): boolean =>
  /[\\/]node_modules[\\/]/.test(place) || OUR_OWN.some((folder) => place.startsWith(folder))

// Our packages lie side by side, in this repository as in `node_modules`; a linked one is in neither.
const PACKAGES = new URL('../../../../', import.meta.url).href.replace(/^file:\/\//, '')
const OUR_OWN = ['sdk', 'test-utils', 'reference-api', 'domain'].flatMap((room) =>
  ['src', 'dist'].map((folder) => `${PACKAGES}${room}/${folder}/`),
)
