/**
 * How a deprecated name was used. `input`: in the input of a method. `read`, `write`: a property of a result was read or
 * written. `route`: a retired route was called. `server_notice`: the backend reported the use. `overflow`: all uses that a
 * full ledger has no entry for, under the field `*`.
 */
export type DeprecationKind = 'input' | 'read' | 'write' | 'route' | 'server_notice' | 'overflow'

/** The uses of one retired name at one call site. An entry contains names and locations, never values. */
export interface DeprecationEntry {
  readonly kind: DeprecationKind
  /** The retired name; for a route its method and path. */
  readonly field: string
  /** The operation whose input or result had the name, such as `integrations.create`. */
  readonly operation: string
  readonly count: number
  /** ISO 8601. */
  readonly firstSeen: string
  /** ISO 8601. */
  readonly lastSeen: string
  /** File, line and column. Absent if unknown or not recorded. */
  readonly callSite?: string
  /** What to use instead. */
  readonly replacement?: string
  /** The id of the change. */
  readonly change?: string
  /** The backend's link to a migration guide. */
  readonly guide?: string
  /** When the name was deprecated, according to the backend: ISO 8601. */
  readonly deprecated?: string
  /** When the name stops working, according to the backend: ISO 8601. */
  readonly sunset?: string
}

/** The uses of retired names in one or several processes, as JSON that tools can read. */
export interface DeprecationLedger {
  readonly version: 1
  readonly entries: readonly DeprecationEntry[]
}

/**
 * Merges the ledgers of several processes: the counts of equal entries are added. Pure.
 *
 * ```ts
 * mergeLedgers(JSON.parse(first), JSON.parse(second)).entries
 * ```
 *
 * @throws TypeError if an argument is not a ledger of this version.
 */
export function mergeLedgers(...ledgers: readonly DeprecationLedger[]): DeprecationLedger {
  const merged = new Map<string, DeprecationEntry>()
  for (const ledger of ledgers) {
    if (!isLedger(ledger)) throw new TypeError('a ledger has `version: 1` and `entries`; write it with `toJSON()`')

    for (const entry of ledger.entries) {
      const key = JSON.stringify([entry.kind, entry.operation, entry.field, entry.callSite])
      merged.set(key, mergeEntries(merged.get(key), entry))
    }
  }
  return { version: 1, entries: [...merged.values()] }
}

// Checked at run time, because ledgers are read from files.
const isLedger = (ledger: Partial<DeprecationLedger> | null | undefined): boolean =>
  ledger?.version === 1 && Array.isArray(ledger.entries)

function mergeEntries(merged: DeprecationEntry | undefined, entry: DeprecationEntry): DeprecationEntry {
  if (merged === undefined) return entry
  const [firstSeen = ''] = [merged.firstSeen, entry.firstSeen].toSorted()
  const [older, newer] = merged.lastSeen > entry.lastSeen ? [entry, merged] : [merged, entry]
  return { ...older, ...newer, count: merged.count + entry.count, firstSeen }
}
