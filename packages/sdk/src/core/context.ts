import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import type { CompletedWork } from '../errors/base.ts'
import type { Secrets } from '../errors/redact.ts'
import type { RequestOptions } from './options.ts'
import type { Settings } from './settings.ts'
import type { WireGeneration } from './wire.ts'

/** One call of a method. It may send several requests. */
export interface CallContext extends RestartState {
  readonly settings: Settings
  readonly options: RequestOptions
  /** Aborts when the caller aborts or when `totalTimeout` is over. */
  readonly signal: AbortSignal
  readonly secrets: Secrets
  /** The token of all requests of the call; undefined before the first one. */
  token: string | undefined
  /** Whether the token was replaced after a 401. That happens once per call. */
  hasNewToken: boolean
  /** Whether the present work uses an id that was looked up with the token. */
  isBoundToToken: boolean
  /** How often the present request was sent. */
  attempts: number
  /** Whether an attempt of the present request is under way. */
  isInFlight: boolean
  /** Whether the present request may have been executed although no reply proves it. */
  isInDoubt: boolean
  /** Makes the error of a create in doubt; undefined while no create is under way. */
  outcomeUnknown: ((cause: unknown) => Error) | undefined
  /** The generation that the last reply shows. */
  observedGeneration: Generation | undefined
  /** Fields that were sent and that no reply shows. */
  readonly unverified: Set<string>
  /** Whether secrets may be written to a backend that cannot confirm them. */
  readonly allowUnverified: boolean
  /** The endpoints of the requests so far. */
  readonly endpoints: (EndpointId | undefined)[]
  /** The attempts of all requests so far. */
  totalAttempts: number
  /** When `totalTimeout` is over, by the clock of `performance`. */
  readonly deadline: number
}

/** The part of a call that decides whether it may start again in the other generation. */
export interface RestartState {
  readonly settings: Pick<Settings, 'generation' | 'backend'>
  /** What earlier requests of the call have written; every error of the call shows it. */
  readonly completed: CompletedWork
  /** The generation that all writes of the call use; undefined until the first write. */
  generation: WireGeneration | undefined
  /** Whether the call was restarted. */
  hasRestarted: boolean
}
