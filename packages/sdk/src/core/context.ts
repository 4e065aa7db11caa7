import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import type { CompletedWork } from '../errors/base.ts'
import type { Secrets } from '../errors/redact.ts'
import type { RequestOptions } from './options.ts'
import type { Settings } from './settings.ts'
import type { WireGeneration } from './wire.ts'

/** One call of a method: it may need several requests. */

export interface CallContext extends RestartState {
  readonly settings: Settings
  readonly options: RequestOptions
  /** Aborts when the caller does, or when the time for the whole call is over. */
  readonly signal: AbortSignal
  readonly secrets: Secrets
  /** How often the present request was sent. */
  attempts: number
  /** What earlier requests have written: every error of the call says it. */
  readonly done: CompletedWork
  /** Whether the present request may have been carried out, though nobody said so. */
  unsure: boolean
  /** What a failure means for a create that may have been carried out; undefined while none is under way. */
  lost: ((cause: unknown) => Error) | undefined
  /** Whether an earlier try of the present request may have been carried out, though another was answered. */
  doubtful: boolean
  /** What the present reply shows of its backend. */
  observedGeneration: Generation | undefined
  /** What was sent and no reply showed. */
  readonly unverified: Set<string>
  /** Whether secrets may be written to a backend that can not confirm them. */
  readonly allowUnverified: boolean
  /** What was asked so far. */
  readonly endpoints: (EndpointId | undefined)[]
  /** How often anything was sent so far. */
  totalAttempts: number
  /** When the time for the whole call is over, by the clock of `performance`. */
  readonly deadline: number
}
/** What a call keeps of the words it is done in. */

export interface RestartState {
  readonly settings: Pick<Settings, 'generation' | 'backend'>
  /** What earlier requests have written. */
  readonly done: CompletedWork
  /** The words that the call stays with; undefined as long as nothing depends on them. */
  generation: WireGeneration | undefined
  /** Whether it was begun again. */
  restarted: boolean
}
