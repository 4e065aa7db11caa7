import type { Secrets } from '../errors/redact.ts'
import type { CallToken } from './call-token.ts'
import type { ClientState } from './client-state.ts'
import type { CreateDialect, Dialect } from './dialect.ts'
import type { RequestOptions } from './options.ts'
import type { RequestLog } from './request-log.ts'
import type { Settings } from './settings.ts'
import type { WrittenWork } from './written-work.ts'

/** What all calls of a client share. */
export interface ClientContext {
  /** What the user said. */
  readonly settings: Settings
  /** What the client learned. */
  readonly state: ClientState
  readonly createDialect: CreateDialect
}

/** One call of a method. It may send several requests. */
export interface CallContext extends ClientContext {
  readonly options: RequestOptions
  /** Aborts when the caller aborts or when `totalTimeout` is over. */
  readonly signal: AbortSignal
  /** When `totalTimeout` is over, by the clock of `performance`. */
  readonly deadline: number
  /** What no error of the call may show. */
  readonly secrets: Secrets
  readonly token: CallToken
  readonly dialect: Dialect
  /** Whether secrets may be written to a backend that cannot confirm them. */
  readonly allowUnverified: boolean
  /** The requests of the call so far. */
  readonly log: RequestLog
  /** What the call has written so far. */
  readonly written: WrittenWork
}
