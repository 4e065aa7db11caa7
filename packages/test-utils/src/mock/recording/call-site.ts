import { placesIn, toPlace } from '@ai-ticket-creator/domain/internal'

/** A function that may be on the call stack. */
export type Callee = (...args: never[]) => unknown

/** Where a request comes from: file, line and column in the consumer's own code. */
export interface CallSite {
  readonly place: string
  /** The nearest place in another file. If the file of `place` is a helper for HTTP, `caller` calls the helper. */
  readonly caller?: string
}

/**
 * Where the consumer's own code called a function: the first frame outside of dependencies and of our packages. Undefined
 * when there is no such frame.
 */
export function callSiteOf(callee: Callee): CallSite | undefined {
  // `captureStackTrace` leaves out all frames above the function. It started in V8; current engines all have it.
  const engine = Error as { stackTraceLimit?: number; captureStackTrace?: (holder: object, callee: Callee) => void }
  const limit = engine.stackTraceLimit
  const holder: { stack?: unknown } = {}
  try {
    // A client between the consumer and the mock adds about twenty frames.
    engine.stackTraceLimit = MAX_FRAMES
    engine.captureStackTrace?.(holder, callee)
    const [place, ...others] = placesIn(holder.stack).filter(isConsumerCode)
    if (place === undefined) return undefined
    const caller = others.find((other) => fileOf(other) !== fileOf(place))
    return { place, ...(caller !== undefined && { caller }) }
  } finally {
    if (limit !== undefined) engine.stackTraceLimit = limit
  }
}

const MAX_FRAMES = 60

const fileOf = (place: string): string => place.replace(/:\d+:\d+$/, '')

const isConsumerCode = (place: string): boolean =>
  !/[\\/]node_modules[\\/]/.test(place) && !OUR_FOLDERS.some((folder) => place.startsWith(folder))

// The parent folder of our packages, which are siblings both in the repository and in node_modules. The check for node_modules
// alone would miss linked packages, whose paths are outside of it.
const PACKAGES_FOLDER = toPlace(import.meta.url).replace(/test-utils\/(?:src|dist)\/.*$/, '')
const OUR_FOLDERS = ['sdk', 'test-utils', 'reference-api', 'domain'].flatMap((name) =>
  ['src', 'dist'].map((folder) => `${PACKAGES_FOLDER}${name}/${folder}/`),
)
