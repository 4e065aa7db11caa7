import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { Secrets } from '../errors/redact.ts'
import type { CallToken } from './call-token.ts'
import type { ClientState, Evidence } from './client-state.ts'
import type { Exchange, ParsedReply, Verified } from './exchange.ts'
import type { RequestOptions } from './options.ts'
import type { RequestLog } from './request-log.ts'
import type { ResponseMetadata } from './result.ts'
import type { SentRequest } from './sent-request.ts'
import type { Settings } from './settings.ts'
import type { WireGeneration, WireRequest } from './wire.ts'
import type { WrittenWork } from './written-work.ts'

/** What all calls of a client share. */
export interface ClientContext {
  /** The options of the client, with defaults. */
  readonly settings: Settings
  /** What replies have shown so far. */
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
  /** Values that no error of the call may contain. */
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

/**
 * How one call supports the generations of the API. The core supports the current generation only; the plug-in for older
 * generations replaces these functions.
 */
interface Dialect {
  /** The generation for a read. Nothing is sent to find it out. */
  readonly chooseForRead: (call: CallContext) => WireGeneration
  /** The generation for all writes of the call. `integrationId`: an integration whose reply would show it. */
  readonly chooseForWrite: (call: CallContext, integrationId?: string) => Promise<WireGeneration>
  /**
   * A body or a query, given in the current form, as the generation expects it.
   *
   * @throws InvalidRequestError for a value that the generation cannot express.
   */
  readonly encode: (request: SentRequest) => { readonly query: JsonObject; readonly body: JsonObject | undefined }
  /** The body of a reply in the current form, and what it shows about its backend. The body of an error reply is unchanged. */
  readonly decode: (call: CallContext, request: WireRequest, reply: ParsedReply) => DecodedReply
  /** Completes entities before the caller gets them. `originals`: what the backend sent for each of them. */
  readonly present: (
    call: CallContext,
    endpointId: EndpointId,
    entities: readonly object[],
    originals: readonly JsonObject[],
  ) => void
  /** Records what an exchange shows about the backend. */
  readonly observe: (call: CallContext, request: WireRequest, exchange: Exchange) => void
  /**
   * Checks a successful reply for what a backend of another generation does to a request.
   *
   * @throws SilentDropError, ResponseMismatchError, FilterNotSupportedError
   */
  readonly verify: (call: CallContext, sent: SentRequest, exchange: Exchange) => void
  /** The generation to ask again in; undefined when the outcome stands. */
  readonly restart: (
    call: CallContext,
    sent: SentRequest,
    exchange: Exchange,
    verified: Verified,
  ) => WireGeneration | undefined
  /** The filters of a list that a backend does not apply because it does not have them under the names that are sent. */
  readonly unsentFilters: (
    endpointId: EndpointId,
    filters: JsonObject,
    reply: Pick<ResponseMetadata, 'requestGeneration' | 'generation'>,
  ) => readonly string[]
}

/** A reply whose body is in the current form. */
export interface DecodedReply {
  readonly body: unknown
  readonly evidence: Evidence | undefined
}

/** Makes the dialect of one call. `restartedIn`: the call was started again, in this generation. */
export type CreateDialect = (restartedIn?: WireGeneration) => Dialect
