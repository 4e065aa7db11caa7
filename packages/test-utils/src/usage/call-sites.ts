import type { CallSite } from '../mock/recording/call-site.ts'
import { addUse, type UsageEntry } from './usage.ts'

/** A use before its call site is chosen. */
export interface LocatedUse {
  readonly use: UsageEntry
  readonly callSite: CallSite | undefined
}

/** Adds a use, or its count to an equal one. */
export function addLocatedUse(uses: Map<string, LocatedUse>, { use, callSite }: LocatedUse): void {
  const key = JSON.stringify([use.kind, use.endpoint, use.name, use.generation, callSite?.place, callSite?.caller])
  const count = (uses.get(key)?.use.count ?? 0) + use.count
  uses.set(key, { use: { ...use, count }, callSite })
}

/**
 * The uses with the places that a reader looks for. A place that calls several endpoints is a helper for HTTP: where another
 * file calls it says more.
 */
export function withCallSites(uses: Iterable<LocatedUse>): readonly UsageEntry[] {
  const located = [...uses]
  const helpers = placesOfHelpers(located)
  const result = new Map<string, UsageEntry>()
  for (const { use, callSite } of located) {
    const isHelper = callSite !== undefined && helpers.has(callSite.place)
    const place = isHelper ? (callSite.caller ?? callSite.place) : callSite?.place
    addUse(result, { ...use, ...(place !== undefined && { callSite: place }) })
  }
  return [...result.values()]
}

function placesOfHelpers(uses: readonly LocatedUse[]): ReadonlySet<string> {
  const endpoints = Map.groupBy(uses, ({ callSite }) => callSite?.place ?? '')
  const called = [...endpoints].map(
    ([place, calls]) => [place, new Set(calls.map(({ use }) => use.endpoint)).size] as const,
  )
  return new Set(called.filter(([, count]) => count > 1).map(([place]) => place))
}
