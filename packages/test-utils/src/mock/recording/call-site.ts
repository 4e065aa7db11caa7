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
  const [place, ...others] = placesOnStack(callee)
  if (place === undefined) return undefined
  const caller = others.find((other) => fileOf(other) !== fileOf(place))
  return { place, ...(caller !== undefined && { caller }) }
}

/** The places on the call stack that are in the consumer's own code, the innermost first. */
function placesOnStack(callee: Callee): readonly string[] {
  const engine: StackApi = Error
  const format = engine.prepareStackTrace?.bind(Error)
  if (format === undefined) return placesIn(captureStack(callee)).filter(isConsumerCode)

  // Formatting a frame takes longer than capturing it, so only the frames of the consumer are formatted. Node's own function
  // does it, because that applies source maps.
  const captured: Frame[] = []
  captureStack(callee, (_, frames) => captured.push(...frames))
  return captured.flatMap((frame) => placesOf(frame, () => format(new Error(), [frame])))
}

/** The stack API of V8. Other engines have parts of it. */
type StackApi = Partial<Pick<ErrorConstructor, 'stackTraceLimit' | 'captureStackTrace' | 'prepareStackTrace'>>
type Format = NonNullable<StackApi['prepareStackTrace']>
type Frame = Parameters<Format>[1][number]

/** The call stack of the code that called `callee`, formatted by `format` or by the engine. */
function captureStack(callee: Callee, format?: Format): unknown {
  const engine: StackApi = Error
  const { stackTraceLimit, prepareStackTrace } = engine
  const holder: { stack?: unknown } = {}
  try {
    // A client between the consumer and the mock adds about twenty frames.
    engine.stackTraceLimit = MAX_FRAMES
    if (format !== undefined) engine.prepareStackTrace = format
    engine.captureStackTrace?.(holder, callee)
    return holder.stack
  } finally {
    if (stackTraceLimit !== undefined) engine.stackTraceLimit = stackTraceLimit
    if (prepareStackTrace !== undefined) engine.prepareStackTrace = prepareStackTrace
  }
}

const MAX_FRAMES = 60

/** The place of a frame; none if the frame is not in the consumer's own code. */
function placesOf(frame: Frame, format: () => unknown): readonly string[] {
  // Functions of the engine and `eval` have no script.
  const script: string | null | undefined = frame.getScriptNameOrSourceURL()
  if (script === null || script === undefined || !isConsumerScript(script)) return []
  // A watch mode can load a changed file under the same name, so the hash of its text is part of the key.
  const key = [script, frame.getScriptHash(), frame.getLineNumber(), frame.getColumnNumber()].join(' ')
  return cached(placesByFrame, key, () => placesIn(format()).filter(isConsumerCode))
}

const isConsumerScript = (script: string): boolean =>
  cached(consumerScripts, script, () => isConsumerCode(toPlace(script)))

const placesByFrame = new Map<string, readonly string[]>()
const consumerScripts = new Map<string, boolean>()

function cached<T extends {}>(cache: Map<string, T>, key: string, compute: () => T): T {
  const known = cache.get(key) ?? compute()
  cache.set(key, known)
  return known
}

const fileOf = (place: string): string => place.replace(/:\d+:\d+$/, '')

/** Whether a file, or a place in a file, belongs to the consumer's own code. */
const isConsumerCode = (path: string): boolean =>
  !/[\\/]node_modules[\\/]/.test(path) && !OUR_FOLDERS.some((folder) => path.startsWith(folder))

// The parent folder of our packages, which are siblings both in the repository and in node_modules. The check for node_modules
// alone would miss linked packages, whose paths are outside of it.
const PACKAGES_FOLDER = toPlace(import.meta.url).replace(/test-utils\/(?:src|dist)\/.*$/, '')
const OUR_FOLDERS = ['sdk', 'test-utils', 'reference-api', 'domain'].flatMap((name) =>
  ['src', 'dist'].map((folder) => `${PACKAGES_FOLDER}${name}/${folder}/`),
)
