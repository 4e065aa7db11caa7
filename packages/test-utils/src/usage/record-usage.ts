import { type DeprecationLedger, endpointOf, mergeLedgers } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { TestApi } from '../mock/create-test-api.ts'
import { type Watcher, watchersOf } from '../mock/recording/observers.ts'
import type { RecordedRequest } from '../mock/recording/recorded-request.ts'
import { addUse, type Usage, type UsageEntry } from './usage.ts'

/** What holds a ledger: the `deprecations` of a client of the SDK. */
export interface LedgerSource {
  readonly toJSON: () => DeprecationLedger
}

/** What is noted beside the requests. */
export interface RecordUsageOptions {
  /** Of the client under test: it knows where the code reads and writes old names on results. */
  readonly deprecations?: LedgerSource
  /** Places are told from here on, with `/`. Default: the working directory; in a browser the page's origin. */
  readonly root?: string
}

/** A recording under way. */
export interface UsageRecording extends Disposable {
  /** Notes the ledger of a further client, such as one that a single test makes. */
  readonly add: (deprecations: LedgerSource) => void
  /** What was used so far. */
  readonly usage: () => Usage
  /** The same, for `JSON.stringify`. */
  readonly toJSON: () => Usage
  /** Ends it; what was noted stays. */
  readonly stop: () => void
}

/**
 * Notes what a consumer's own tests use of a test API: endpoints, fields sent, error codes met, and old names, each with
 * the place in the consumer's files where a stack leads there. The tests see nothing of it.
 *
 * ```ts
 * const recording = recordUsage(api, { deprecations: client.deprecations })
 * // … the tests …
 * writeFileSync('usage.json', JSON.stringify(recording))
 * ```
 *
 * @throws TypeError for what is no test API.
 */
export function recordUsage(api: TestApi, options: RecordUsageOptions = {}): UsageRecording {
  const watchers = watchersOf(api)
  if (watchers === undefined) throw new TypeError('`api` must be what createTestApi() or startTestApi() gave')
  if (options.deprecations !== undefined) checkHolds(options.deprecations)

  const uses = new Map<string, UsageEntry>()
  const ledgers = new Set(options.deprecations === undefined ? [] : [options.deprecations])
  const fromRoot = createShortener(options.root ?? workingDirectory())

  const note = (
    request: RecordedRequest,
    kind: UsageEntry['kind'],
    names: readonly string[],
    site: string | undefined,
  ) => {
    const { endpoint, generation } = request
    if (endpoint === undefined) return
    const place = site === undefined ? {} : { callSite: fromRoot(site) }
    for (const name of names) addUse(uses, { kind, endpoint, name, generation, count: 1, ...place })
  }
  const watcher: Watcher = {
    sent(request, site) {
      note(request, 'endpoint', namesOfEndpoint(request), site)
      note(request, 'body', isJsonObject(request.body) ? Object.keys(request.body) : [], site)
      note(request, 'query', Object.keys(request.query), site)
    },
    refused: (request, codes, site) => note(request, 'code', codes, site),
  }
  watchers.add(watcher)

  const usage = (): Usage => ({
    version: 1,
    uses: [...uses.values()],
    deprecations: shorten(mergeLedgers(...[...ledgers].map((ledger) => ledger.toJSON())), fromRoot),
  })
  const stop = (): void => {
    watchers.delete(watcher)
  }
  return {
    add: (deprecations) => {
      checkHolds(deprecations)
      ledgers.add(deprecations)
    },
    usage,
    toJSON: usage,
    stop,
    [Symbol.dispose]: stop,
  }
}

function checkHolds(deprecations: LedgerSource): void {
  if (typeof deprecations?.toJSON !== 'function')
    throw new TypeError('`deprecations` must be the `deprecations` of a client of the SDK')
}

function namesOfEndpoint({ endpoint }: RecordedRequest): readonly string[] {
  if (endpoint === undefined) return []
  const { method, path } = endpointOf(endpoint)
  return [`${method} ${path}`]
}

/** A page has no working directory; what it runs comes from its origin. */
function workingDirectory(): string {
  const { process, location } = globalThis as { process?: { cwd?: () => string }; location?: { origin?: string } }
  return process?.cwd?.() ?? location?.origin ?? ''
}

function createShortener(root: string): (site: string) => string {
  const folder = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return (site) => {
    const path = site.replaceAll('\\', '/')
    return path.startsWith(folder) ? path.slice(folder.length) : path
  }
}

const shorten = (ledger: DeprecationLedger, fromRoot: (site: string) => string): DeprecationLedger => ({
  ...ledger,
  entries: ledger.entries.map((entry) =>
    entry.callSite === undefined ? entry : { ...entry, callSite: fromRoot(entry.callSite) },
  ),
})
