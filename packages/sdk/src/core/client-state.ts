import type { Capability, Generation } from '@ai-ticket-creator/domain'

// What a client learns while it runs. The options that the user gave are in settings.ts.

/** What a client has learned; clients made by `withOptions` share it. */
export interface ClientState {
  readonly backend: Backend
  /** Keys of the deviations that `onDrift` was called for. */
  readonly reportedDrifts: Set<string>
}

/** What a client learned about its backend, and how many retries it has left. */
export interface Backend {
  /** Records the capabilities in the headers of a reply. */
  learn(status: number, headers: Headers): void
  /** Capabilities that the last reply announced. */
  readonly capabilities: readonly string[]
  announces(capability: Capability): boolean
  /**
   * Whether every reply of the last ten minutes announced `idempotency-key`. During a deployment some processes may still
   * ignore keys: they would execute a repeated create again.
   */
  hasRecognizedKeys(): boolean
  readonly budget: Budget
}

/** The part of a reply that showed the generation. */
export type EvidenceSource = 'header' | 'shape' | 'refusal' | 'openapi'

/** The generation of a backend, and which part of a reply showed it. */
export interface Evidence {
  readonly generation: Generation
  readonly source: EvidenceSource
}

/** A token bucket for retries: many clients must not multiply the load of a service that is down. */
export interface Budget {
  /** Takes tokens; false if too few are left. */
  acquire(cost: number): boolean
  /** Returns tokens. */
  release(amount: number): void
}
