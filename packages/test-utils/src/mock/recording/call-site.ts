import { callSiteIn } from '@ai-ticket-creator/domain/internal'

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
    return callSiteIn(holder.stack, (place) => !isForeign(place))
  } finally {
    if (limit !== undefined) engine.stackTraceLimit = limit
  }
}

const FRAMES = 60

const isForeign = (place: string): boolean =>
  /[\\/]node_modules[\\/]/.test(place) || OUR_OWN.some((folder) => place.startsWith(folder))

// Our packages lie side by side, in this repository as in `node_modules`; a linked one is in neither.
const PACKAGES = new URL('../../../../', import.meta.url).href.replace(/^file:\/\//, '')
const OUR_OWN = ['sdk', 'test-utils', 'reference-api', 'domain'].flatMap((room) =>
  ['src', 'dist'].map((folder) => `${PACKAGES}${room}/${folder}/`),
)
