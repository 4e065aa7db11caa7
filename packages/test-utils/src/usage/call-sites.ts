import type { UsageEntry } from './usage.ts'

/**
 * The uses with the places that a reader looks for. A place that calls several endpoints is a helper for HTTP, and is
 * replaced by the place in another file that calls it. One process may use only one endpoint, so this needs the merged usage of all processes.
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
