import { type DeprecationLedger, GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { withCallSites } from './call-sites.ts'
import { ledgerFindings } from './ledger-findings.ts'
import { requestFindings } from './request-findings.ts'
import { assertUsage, type Usage, type UsageEntry } from './usage.ts'
import type { UsageReport, UsageResult } from './usage-report.ts'

/**
 * Finds the usage that breaks when the backend changes to a generation, from the contract and its changes. Pure. A failed
 * result with severity `error` breaks with that change. A warning is an old name that the SDK translates unless
 * `legacyFields` is false.
 *
 * ```ts
 * checkUsage(JSON.parse(readFileSync('usage.json', 'utf8')), { generation: 'current' }).outcome
 * ```
 *
 * @throws TypeError when `usage` is not a usage of this version, RangeError for an unknown generation.
 */
export function checkUsage(usage: Usage, { generation }: { readonly generation: Generation }): UsageReport {
  assertUsage(usage)
  if (!GENERATIONS.includes(generation)) throw new RangeError(`\`generation\` must be one of ${GENERATIONS.join(', ')}`)

  const results = uniqueByPlace([
    ...withCallSites(usage.uses)
      .flatMap((use) => locate(use, usage.deprecations))
      .flatMap((use) => requestFindings(use, generation)),
    ...usage.deprecations.entries.flatMap((entry) => ledgerFindings(entry, generation)),
  ])
  if (results.length === 0)
    return { generation, outcome: 'inconclusive', reason: 'the usage contains no request', results }
  const isBroken = results.some(({ outcome, severity }) => outcome === 'failed' && severity === 'error')
  return { generation, outcome: isBroken ? 'failed' : 'passed', results }
}

/** One result per name and place, even if the name was recorded in several generations. A failure takes precedence. */
function uniqueByPlace(results: readonly UsageResult[]): readonly UsageResult[] {
  const byPlace = new Map<string, UsageResult>()
  for (const result of results) {
    const key = JSON.stringify([result.id, result.location?.file, result.location?.line, result.location?.column])
    if (byPlace.get(key)?.outcome !== 'failed') byPlace.set(key, result)
  }
  return [...byPlace.values()]
}

/** Requests over MSW have no call site. For old names in the input of the SDK, the SDK's ledger has one. */
function locate(use: UsageEntry, { entries }: DeprecationLedger): readonly UsageEntry[] {
  if (use.callSite !== undefined) return [use]
  const places = entries.flatMap(({ kind, operation, field, callSite, count }) =>
    kind === 'input' && operation === use.endpoint && field === use.name && callSite !== undefined
      ? [{ ...use, callSite, count }]
      : [],
  )
  return places.length === 0 ? [use] : places
}
