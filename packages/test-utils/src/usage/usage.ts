import { type DeprecationLedger, type EndpointId, type Generation, mergeLedgers } from '@ai-ticket-creator/domain'

/** One thing that a consumer relies on, at one place of its code. It holds names and places, never a value. */
export interface UsageEntry {
  /** An endpoint that was called, a field of a body or a query that was sent, or an error code that was met. */
  readonly kind: 'endpoint' | 'body' | 'query' | 'code'
  readonly endpoint: EndpointId
  /** The field or the code; of an endpoint its method and path. */
  readonly name: string
  /** Which words the API spoke then. */
  readonly generation: Generation
  readonly count: number
  /**
   * File, line and column in the consumer's files. Absent where no stack leads there: so it is with what comes over MSW,
   * which a request reaches from the network's side.
   */
  readonly callSite?: string
}

/** What a consumer's tests used of the API, in one process or in several: plain JSON. */
export interface Usage {
  readonly version: 1
  readonly uses: readonly UsageEntry[]
  /** Old names, as the SDK's ledger has them. */
  readonly deprecations: DeprecationLedger
}

/**
 * The usages of several processes as one: equal ones are added up. Pure.
 *
 * ```ts
 * mergeUsage(...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))))
 * ```
 *
 * @throws TypeError when one of them is no usage of this version.
 */
export function mergeUsage(...usages: readonly Usage[]): Usage {
  const merged = new Map<string, UsageEntry>()
  for (const usage of usages) {
    checkIsUsage(usage)
    for (const use of usage.uses) addUse(merged, use)
  }
  return {
    version: 1,
    uses: [...merged.values()],
    deprecations: mergeLedgers(...usages.map(({ deprecations }) => deprecations)),
  }
}

/** Counts a use among others. */
export function addUse(uses: Map<string, UsageEntry>, use: UsageEntry): void {
  const key = JSON.stringify([use.kind, use.endpoint, use.name, use.generation, use.callSite])
  uses.set(key, { ...use, count: (uses.get(key)?.count ?? 0) + use.count })
}

/** @throws TypeError for what is no usage: it comes out of a file. */
export function checkIsUsage(usage: Partial<Usage> | null | undefined): asserts usage is Usage {
  if (usage?.version === 1 && Array.isArray(usage.uses) && typeof usage.deprecations === 'object') return
  throw new TypeError(
    'a usage has `version: 1`, `uses` and `deprecations`; write it with `JSON.stringify(recordUsage(…))`',
  )
}
