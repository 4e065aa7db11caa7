/**
 * How a deprecated name was used. `input`: in what a method was given. `read`, `write`: on a result. `route`: a retired
 * route. `server_notice`: the backend reported it. `overflow`: all uses that a full ledger has no entry for, under the
 * field `*`.
 */
export type DeprecationKind = 'input' | 'read' | 'write' | 'route' | 'server_notice' | 'overflow'

/** The uses of one old name at one place. It names fields and places, never values. */
export interface DeprecationEntry {
  readonly kind: DeprecationKind
  /** The old name; of a route its method and path. */
  readonly field: string
  /** The operation that it was given to, or whose result it was used on, such as `integrations.create`. */
  readonly operation: string
  readonly count: number
  /** ISO 8601. */
  readonly firstSeen: string
  /** ISO 8601. */
  readonly lastSeen: string
  /** File, line and column. Absent when it is not known, or was not looked for. */
  readonly callSite?: string
  /** What to use instead. */
  readonly replacement?: string
  /** The id of the change. */
  readonly change?: string
  /** Where the backend says how to move over. */
  readonly guide?: string
  /** Since when the name is old, as the backend says it: ISO 8601. */
  readonly deprecated?: string
  /** When it stops working, as the backend says it: ISO 8601. */
  readonly sunset?: string
}

/** The uses of old names in one process, or in several: JSON that tools can read. */
export interface DeprecationLedger {
  readonly version: 1
  readonly entries: readonly DeprecationEntry[]
}

/**
 * The ledgers of several processes as one: equal entries are added up. Pure.
 *
 * ```ts
 * mergeLedgers(JSON.parse(first), JSON.parse(second)).entries
 * ```
 *
 * @throws TypeError when one of them is no ledger of this version.
 */
export function mergeLedgers(...ledgers: readonly DeprecationLedger[]): DeprecationLedger {
  const merged = new Map<string, DeprecationEntry>()
  for (const ledger of ledgers) {
    if (!isLedger(ledger)) throw new TypeError('a ledger has `version: 1` and `entries`; write it with `toJSON()`')

    for (const entry of ledger.entries) {
      const key = JSON.stringify([entry.kind, entry.operation, entry.field, entry.callSite])
      merged.set(key, add(merged.get(key), entry))
    }
  }
  return { version: 1, entries: [...merged.values()] }
}

// It comes out of a file.
const isLedger = (ledger: Partial<DeprecationLedger> | null | undefined): boolean =>
  ledger?.version === 1 && Array.isArray(ledger.entries)

function add(known: DeprecationEntry | undefined, entry: DeprecationEntry): DeprecationEntry {
  if (known === undefined) return entry
  const [firstSeen = ''] = [known.firstSeen, entry.firstSeen].toSorted()
  const [older, newer] = known.lastSeen > entry.lastSeen ? [entry, known] : [known, entry]
  return { ...older, ...newer, count: known.count + entry.count, firstSeen }
}
