import type { Capability, Generation } from '@ai-ticket-creator/domain'

// The state of a client, which changes with every reply. Its options are in settings.ts.

/**
 * The state of a client. Clients made by `withOptions` share it. If they differ in backend, caller, `generation` or `cacheKey`,
 * they share only `reportedDrifts`.
 */
export interface ClientState {
  readonly backend: Backend
  /** Keys of the deviations that `onDrift` was called for. */
  readonly reportedDrifts: Set<string>
}

/** What replies have shown about the backend, and how many retries are left. */
export interface Backend {
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

/** A token bucket for retries: many clients must not multiply the load of a service that is down. */
export interface Budget {
  /** Takes tokens; false if too few are left. */
  acquire(cost: number): boolean
  /** Returns tokens. */
  release(amount: number): void
}

/** Limits how many requests are under way at the same time. */
export interface Slots {
  /**
   * Waits until fewer requests than the limit are under way. The returned function must be called when the request ends. An
   * abort rejects the wait.
   */
  enter(limit: number, signal: AbortSignal): Promise<() => void>
}
