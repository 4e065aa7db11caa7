import { type DeprecationLedger, endpointOf, mergeLedgers } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { TestApi } from '../mock/create-test-api.ts'
import type { CallSite } from '../mock/recording/call-site.ts'
import { observersOf, type RequestObserver } from '../mock/recording/observers.ts'
import type { RecordedRequest } from '../mock/recording/recorded-request.ts'
import { addUse, type Usage, type UsageEntry } from './usage.ts'

/** Something that holds a deprecation ledger, such as `client.deprecations` of the SDK. */
export interface LedgerSource {
  readonly toJSON: () => DeprecationLedger
}

/** Options of `recordUsage`. */
export interface RecordUsageOptions {
  /** The ledger of the client under test. It contains the places where the code reads and writes old names. */
  readonly deprecations?: LedgerSource
  /** Call sites are relative to this folder. Default: the working directory; in a browser the origin of the page. */
  readonly root?: string
}

/** A running recording. */
export interface UsageRecording extends Disposable {
  /** Adds the ledger of another client, such as one that a single test creates. */
  readonly add: (deprecations: LedgerSource) => void
  /** The usage so far. */
  readonly usage: () => Usage
  /** The usage so far, for `JSON.stringify`. */
  readonly toJSON: () => Usage
  /** Ends the recording; its usage is still available. */
  readonly stop: () => void
}

/**
 * Records what a consumer's own tests use of a test API: endpoints, fields sent, error codes received and old names, each
 * with its call site if the call stack shows one. A recording does not change how the tests behave.
 *
 * ```ts
 * const recording = recordUsage(api, { deprecations: client.deprecations })
 * // … the tests …
 * writeFileSync('usage.json', JSON.stringify(recording))
 * ```
 *
 * @throws TypeError when `api` is not a test API.
 */
export function recordUsage(api: TestApi, options: RecordUsageOptions = {}): UsageRecording {
  const observers = observersOf(api)
  if (observers === undefined) throw new TypeError('`api` must be the result of createTestApi() or startTestApi()')
  if (options.deprecations !== undefined) assertLedgerSource(options.deprecations)

  const uses = new Map<string, UsageEntry>()
  const ledgers = new Set(options.deprecations === undefined ? [] : [options.deprecations])
  const relative = relativeTo(options.root ?? workingDirectory())

  const observer = createObserver(uses)
  observers.add(observer)

  const usage = (): Usage => ({
    version: 1,
    uses: [...uses.values()].map((use) => withRelativeCallSite(use, relative)),
    deprecations: withRelativeCallSites(mergeLedgers(...[...ledgers].map((ledger) => ledger.toJSON())), relative),
  })
  const stop = (): void => {
    observers.delete(observer)
  }
  return {
    add: (deprecations) => {
      assertLedgerSource(deprecations)
      ledgers.add(deprecations)
    },
    usage,
    toJSON: usage,
    stop,
    [Symbol.dispose]: stop,
  }
}

function createObserver(uses: Map<string, UsageEntry>): RequestObserver {
  const add = (
    { endpoint, generation }: RecordedRequest,
    kind: UsageEntry['kind'],
    names: readonly string[],
    callSite: CallSite | undefined,
  ) => {
    if (endpoint === undefined) return
    for (const name of names) addUse(uses, { kind, endpoint, name, generation, count: 1, ...placesOf(callSite) })
  }
  return {
    onRequest(request, site) {
      add(request, 'endpoint', routeOf(request), site)
      add(request, 'body', isJsonObject(request.body) ? Object.keys(request.body) : [], site)
      add(request, 'query', Object.keys(request.query), site)
    },
    onProblem: (request, codes, site) => add(request, 'code', codes, site),
  }
}

const placesOf = (callSite: CallSite | undefined): Pick<UsageEntry, 'callSite' | 'caller'> => ({
  ...(callSite !== undefined && { callSite: callSite.place }),
  ...(callSite?.caller !== undefined && { caller: callSite.caller }),
})

function routeOf({ endpoint }: RecordedRequest): readonly string[] {
  if (endpoint === undefined) return []
  const { method, path } = endpointOf(endpoint)
  return [`${method} ${path}`]
}

function assertLedgerSource(deprecations: LedgerSource): void {
  if (typeof deprecations?.toJSON !== 'function')
    throw new TypeError('`deprecations` must be the `deprecations` of an SDK client')
}

/** The working directory, or in a browser the origin of the page. */
function workingDirectory(): string {
  const { process, location } = globalThis as { process?: { cwd?: () => string }; location?: { origin?: string } }
  return process?.cwd?.() ?? location?.origin ?? ''
}

function relativeTo(root: string): (callSite: string) => string {
  const folder = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return (callSite) => {
    const path = callSite.replaceAll('\\', '/')
    return path.startsWith(folder) ? path.slice(folder.length) : path
  }
}

const withRelativeCallSites = (
  ledger: DeprecationLedger,
  relative: (callSite: string) => string,
): DeprecationLedger => ({
  ...ledger,
  entries: ledger.entries.map((entry) => withRelativeCallSite(entry, relative)),
})

const withRelativeCallSite = <Entry extends Pick<UsageEntry, 'callSite' | 'caller'>>(
  entry: Entry,
  relative: (callSite: string) => string,
): Entry => ({
  ...entry,
  ...(entry.callSite !== undefined && { callSite: relative(entry.callSite) }),
  ...(entry.caller !== undefined && { caller: relative(entry.caller) }),
})
