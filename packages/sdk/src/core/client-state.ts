import type { Capability, DeprecationEntry, DeprecationLedger, Generation } from '@ai-ticket-creator/domain'

import type { Callee } from '../deprecations/call-site.ts'
import type { Listener } from './notify.ts'

/** Where the knowledge of a generation comes from. */

export type EvidenceSource = 'header' | 'shape' | 'refusal' | 'openapi'
/** What a reply shows of the generation of its backend. */

export interface Evidence {
  readonly generation: Generation
  readonly source: EvidenceSource
}
/** What is remembered of a backend. */

export interface GenerationCache {
  /** What the last reply that showed a generation showed; undefined: none did so far. */
  readonly evidence: (Evidence & { readonly learnedAt: Date }) | undefined
  /** Whether a list was answered that showed nothing: another would not either. */
  probeInconclusive: boolean
  /** It is asked once for nothing but its generation: all that want to write wait for the same answer. */
  pendingProbe: Promise<void> | undefined
  /** What a reply shows takes the place of what was known. */
  record(evidence: Evidence): void
}
/** What a client knows of its backend, and what it may ask of it. */

export interface Backend {
  /** What is known of its generation: shared by all clients of the process that reach it in the same way. */
  readonly generationCache: GenerationCache
  /** Learns from the headers of a reply. */
  learn(status: number, headers: Headers): void
  /** What the last reply announced. */
  readonly capabilities: readonly string[]
  /** Whether the backend said that it can do something. */
  announces(capability: Capability): boolean
  /** What is left for repeats. */
  readonly budget: Budget
}
/** Repeats are paid for, so that many clients do not multiply the load of a service that is down. */
export interface Budget {
  /** Takes the price of a repeat; false when there is too little left. */
  acquire(price: number): boolean
  /** Puts something back. */
  release(amount: number): void
}
/** The uses of old names that a client has met. It holds names and places, never a value. */

export interface Deprecations {
  /** What was met, the first use first. */
  entries(): readonly DeprecationEntry[]
  /** The same as a whole that `JSON.stringify` writes and `mergeLedgers` adds to those of other processes. */
  toJSON(): DeprecationLedger
  /** Forgets all, also what `onDeprecation` was told. */
  clear(): void
}
/** What an entry says beside when, where and how often. */

export type DeprecatedInput = Omit<DeprecationEntry, 'count' | 'firstSeen' | 'lastSeen' | 'callSite'>
/** A ledger that can be written to. */

export interface Ledger {
  /** What users see of it. */
  readonly deprecations: Deprecations
  /** Counts a use by whoever called a function; without one the place is not looked for. */
  note(word: DeprecatedInput, onDeprecation: Listener<DeprecationEntry>, callee?: Callee): void
}
