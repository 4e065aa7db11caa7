import type { UsageEntry } from './usage.ts'

/**
 * Replaces call sites inside of HTTP helpers by the places that call the helpers. A place that calls several endpoints counts
 * as a helper. `uses` must be merged from all processes, because one process may call only one endpoint.
 */
export function withCallSites(uses: readonly UsageEntry[]): readonly UsageEntry[] {
  const helpers = placesOfHelpers(uses)
  return uses.map((use) =>
    use.caller !== undefined && helpers.has(use.callSite) ? { ...use, callSite: use.caller } : use,
  )
}

function placesOfHelpers(uses: readonly UsageEntry[]): ReadonlySet<string | undefined> {
  const byPlace = Map.groupBy(uses, ({ callSite }) => callSite)
  const helpers = [...byPlace].filter(([, calls]) => new Set(calls.map(({ endpoint }) => endpoint)).size > 1)
  return new Set(helpers.map(([place]) => place))
}
