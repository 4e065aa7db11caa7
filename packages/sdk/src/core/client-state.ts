import type { Capability, DeprecationEntry, DeprecationLedger, Generation } from '@ai-ticket-creator/domain'
import type { Listener } from './notify.ts'

// The state of a client, which changes with every reply. Its options are in settings.ts.

/** The state of a client. Clients made by `withOptions` share it. */
export interface ClientState {
  readonly backend: Backend
  readonly ledger: Ledger
  /** Keys of the deviations that `onDrift` was called for. */
  readonly reportedDrifts: Set<string>
}

/** What replies have shown about the backend, and how many retries are left. */
export interface Backend {
  /** Shared by all clients of the process with the same address and the same `fetch` or `ky`. */
  readonly generationCache: GenerationCache
  /** Records the capabilities in the headers of a reply. */
  learn(status: number, headers: Headers): void
  /** The capabilities in the last reply. */
  readonly capabilities: readonly string[]
  announces(capability: Capability): boolean
  /**
   * Whether every reply of the last ten minutes announced `idempotency-key`. During a deployment some processes may still
   * ignore keys: they would execute a repeated create again.
   */
  hasRecognizedKeys(): boolean
  readonly budget: Budget
  readonly slots: Slots
}

/** The part of a reply from which the generation was detected. */
export type EvidenceSource = 'header' | 'shape' | 'refusal' | 'openapi'

/** The generation of a backend, and how it was detected. */
export interface Evidence {
  readonly generation: Generation
  readonly source: EvidenceSource
}

export interface GenerationCache {
  /** From the last reply that showed a generation; undefined before the first one. */
  readonly evidence: (Evidence & { readonly learnedAt: Date }) | undefined
  /** True once a list reply did not show the generation: another list would not show it either. */
  probeInconclusive: boolean
  /** The probe under way. Concurrent first writes wait for the same one. */
  pendingProbe: Promise<void> | undefined
  /** Replaces what was recorded before. */
  record(evidence: Evidence): void
}

/** A token bucket for retries: many clients must not multiply the load of a service that is down. */
export interface Budget {
  /** Takes tokens; false if too few are left. */
  acquire(cost: number): boolean
  /** Returns tokens. */
  release(amount: number): void
}

/** How many requests are under way at the same time. */
export interface Slots {
  /** Waits until fewer requests than the limit are under way. Its result ends the request. An abort ends the wait. */
  enter(limit: number, signal: AbortSignal): Promise<() => void>
}

/** The deprecated names that were used with a client. Contains names and source locations, never a value. */
export interface Deprecations {
  /** All uses, oldest first. */
  entries(): readonly DeprecationEntry[]
  /** The ledger as JSON. `mergeLedgers` merges the ledgers of several processes. */
  toJSON(): DeprecationLedger
  /** Removes all entries. `onDeprecation` is then called again for uses it was called for before. */
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
