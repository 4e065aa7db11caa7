import type { DeprecationEntry, DeprecationLedger } from '@ai-ticket-creator/domain'
import type { Listener } from '../../core/notify.ts'

/** The deprecated names that were used with a client. Contains names and source locations, never a value. */
export interface Deprecations {
  /** All uses, oldest first. */
  entries(): readonly DeprecationEntry[]
  /** The ledger as JSON. `mergeLedgers` merges the ledgers of several processes. */
  toJSON(): DeprecationLedger
  /** Removes all entries. `onDeprecation` is then called again for uses that were reported before. */
  clear(): void
}

/** An entry without its times, count and call site. */
export type DeprecatedInput = Omit<DeprecationEntry, 'count' | 'firstSeen' | 'lastSeen' | 'callSite'>

/** A function on the call stack. Its caller is the place to record. */
export type Callee = (...args: never[]) => unknown

/** A deprecation ledger that can be written to. */
export interface Ledger {
  readonly deprecations: Deprecations
  /** Counts one use. With `callee`, the source location that called it is recorded too. */
  note(input: DeprecatedInput, onDeprecation: Listener<DeprecationEntry>, callee?: Callee): void
}
