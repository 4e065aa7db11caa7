import {
  type DeprecationLedger,
  ENDPOINT_IDS,
  type EndpointId,
  GENERATIONS,
  type Generation,
  mergeLedgers,
} from '@ai-ticket-creator/domain'

/** One thing that a consumer uses, at one place in its code. Holds names and places, never a value. */
export interface UsageEntry {
  /** An endpoint that was called, a field of a body or query that was sent, or an error code that was received. */
  readonly kind: 'endpoint' | 'body' | 'query' | 'code'
  readonly endpoint: EndpointId
  /** The name of the field or the code; for an endpoint its method and path. */
  readonly name: string
  /** The generation of the API when it was used. */
  readonly generation: Generation
  readonly count: number
  /**
   * File, line and column in the consumer's code: the nearest place on the call stack. Absent when the stack has no such
   * place, as for requests over MSW, which handles them in another call stack.
   */
  readonly callSite?: string
  /** The nearest place in another file. If `callSite` is in a helper for HTTP, `caller` calls the helper. */
  readonly caller?: string
}

/** What a consumer's tests used of the API, in one process or in several. Plain JSON. */
export interface Usage {
  readonly version: 1
  readonly uses: readonly UsageEntry[]
  /** The deprecation ledgers of the SDK clients. */
  readonly deprecations: DeprecationLedger
}

/**
 * Merges the usage of several processes; the counts of equal entries are added. Pure.
 *
 * ```ts
 * mergeUsage(...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))))
 * ```
 *
 * @throws TypeError when one of them is not a usage of this version.
 */
export function mergeUsage(...usages: readonly Usage[]): Usage {
  const merged = new Map<string, UsageEntry>()
  for (const usage of usages) {
    assertUsage(usage)
    for (const use of usage.uses) addUse(merged, use)
  }
  return {
    version: 1,
    uses: [...merged.values()],
    deprecations: mergeLedgers(...usages.map(({ deprecations }) => deprecations)),
  }
}

/** Adds an entry, or its count to an equal one. */
export function addUse(uses: Map<string, UsageEntry>, use: UsageEntry): void {
  const key = JSON.stringify([use.kind, use.endpoint, use.name, use.generation, use.callSite, use.caller])
  uses.set(key, { ...use, count: (uses.get(key)?.count ?? 0) + use.count })
}

/** Usage is read from files, so its form is checked at run time. @throws TypeError */
export function assertUsage(usage: Partial<Usage> | null | undefined): asserts usage is Usage {
  if (usage?.version !== 1 || !Array.isArray(usage.uses) || typeof usage.deprecations !== 'object')
    throw new TypeError(
      'a usage has `version: 1`, `uses` and `deprecations`; write it with `JSON.stringify(recordUsage(…))`',
    )
  const invalid = usage.uses.findIndex((use) => !isUse(use))
  if (invalid !== -1) throw new TypeError(`\`uses[${invalid}]\` has no known \`kind\`, \`endpoint\` and \`generation\``)
}

const KINDS = ['endpoint', 'body', 'query', 'code'] as const satisfies readonly UsageEntry['kind'][]

const isUse = (use: Partial<UsageEntry> | null): boolean =>
  KINDS.some((kind) => kind === use?.kind) &&
  ENDPOINT_IDS.some((endpoint) => endpoint === use?.endpoint) &&
  GENERATIONS.some((generation) => generation === use?.generation)
