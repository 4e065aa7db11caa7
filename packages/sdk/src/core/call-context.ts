import type { EndpointId, JsonObject, ReplyMismatch, Ticket } from '@ai-ticket-creator/domain'
import type { Issue } from '../errors/issue.ts'
import type { Secrets } from '../errors/redact.ts'
import type { CallLimit } from './call-limit.ts'
import type { RequestLog, WrittenWork } from './call-progress.ts'
import type { CallToken } from './call-token.ts'
import type { ClientState, Evidence } from './client-state.ts'
import type { Exchange, ParsedReply, Verified } from './exchange.ts'
import type { RequestOptions } from './options.ts'
import type { KnownFacts, ParsedInput, ParseInput, ResolvedBody } from './parsed-input.ts'
import type { ReplacedResponse, ResponseMetadata, WithResponse } from './result.ts'
import type { SentRequest } from './sent-request.ts'
import type { Settings } from './settings.ts'
import type { WireGeneration, WireRequest } from './wire.ts'

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
  /** `totalTimeout`, and the signal of the caller. */
  readonly limit: CallLimit
  /** Values that no error of the call may contain. */
  readonly secrets: Secrets
  readonly token: CallToken
  readonly dialect: Dialect
  /** Whether secrets may be written to a backend that cannot confirm that it stored them. */
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
export interface Dialect extends InputDialect, WireDialect {
  /** The generation for a read. Sends nothing. */
  readonly chooseForRead: (call: CallContext) => WireGeneration
  /**
   * The generation for all writes of the call. If it is unknown, one read may be sent to detect it: of the integration with
   * `integrationId` if that is given.
   */
  readonly chooseForWrite: (call: CallContext, integrationId?: string) => Promise<WireGeneration>
}

/** How the input of the caller is read. */
interface InputDialect {
  /** Reads a body, which is a JSON value. */
  readonly parseBody: (endpointId: EndpointId, raw: unknown, known: KnownFacts) => ParsedFields
  /** Reads a query. */
  readonly parseQuery: (
    endpointId: EndpointId,
    pairs: readonly (readonly [string, string])[],
    known: KnownFacts,
  ) => ParsedFields
  /** The current name of a field of a body. */
  readonly currentNameOf: (endpointId: EndpointId, field: string) => string
  /** Calls `send` with the parsed body, and with the integration by id or by name as the generation of the backend needs. */
  readonly withIntegration: <T>(
    call: CallContext,
    endpointId: EndpointId,
    parse: ParseInput,
    send: (resolved: ResolvedBody) => Promise<T>,
  ) => Promise<T>
  /** The filters with the id of an integration in place of its name. */
  readonly resolveFilters: (call: CallContext, filters: ParsedInput, parse: ParseInput) => Promise<ParsedInput>
  /** Changes a ticket by an endpoint that the generation of the backend has. */
  readonly changeTicket: (call: CallContext, change: TicketChange) => Promise<ChangedTicket>
}

/** How requests and replies are translated and checked. */
interface WireDialect {
  /**
   * The query and the body of a request in the form that its generation expects.
   *
   * @throws InvalidRequestError for a value that the generation cannot express.
   */
  readonly encode: (request: SentRequest) => { readonly query: JsonObject; readonly body: JsonObject | undefined }
  /** The body of a reply in the current form, and the generation that the reply shows. An error body stays unchanged. */
  readonly decode: (call: CallContext, request: WireRequest, reply: ParsedReply) => DecodedReply
  /** Whether a missing field is no deviation, because the generation of the reply does not have it. */
  readonly mayLack: (mismatch: ReplyMismatch, reply: ReplyGenerations) => boolean
  /** The data of a reply as the caller gets it. `body`: what the backend sent. */
  readonly present: (endpointId: EndpointId, data: unknown, body: unknown) => unknown
  /** Records what an exchange shows about the backend. */
  readonly observe: (call: CallContext, request: WireRequest, exchange: Exchange) => void
  /**
   * Checks that the backend did not ignore a part of a successful request because it is of another generation.
   *
   * @throws SilentDropError, ResponseMismatchError, FilterNotSupportedError
   */
  readonly verify: (call: CallContext, sent: SentRequest, exchange: Exchange) => void
  /** The generation in which the request must be sent again; undefined when the outcome is final. */
  readonly restart: (
    call: CallContext,
    sent: SentRequest,
    exchange: Exchange,
    verified: Verified,
  ) => WireGeneration | undefined
  /** The filters of a list that are not sent, or that a backend of the other generation ignores. */
  readonly unsentFilters: (endpointId: EndpointId, filters: JsonObject, reply: ReplyGenerations) => readonly string[]
}

/** The generations of a request and of its reply. */
export type ReplyGenerations = Pick<ResponseMetadata, 'requestGeneration' | 'generation'>

/** Fields in the current form, and the issues that parsing found. */
export interface ParsedFields extends ParsedInput {
  readonly issues: readonly Issue[]
}

/** A change of a ticket. */
export interface TicketChange {
  readonly id: string
  /** The endpoint of the method that was called. Current backends lack `tickets.setStatus` and `tickets.assign`. */
  readonly endpointId: 'tickets.update' | 'tickets.replace' | 'tickets.setStatus' | 'tickets.assign'
  readonly input: unknown
  readonly parse: (input: unknown, known: KnownFacts) => ParsedInput
  /** Writes the body to a current backend. `parse` parses the input again, for example with the stored ticket. */
  readonly write: (body: JsonObject, parse: ParseInput) => Promise<ChangedTicket>
}

/** A changed ticket. After a replacement, also the fields that may have been cleared. */
export type ChangedTicket = WithResponse<Ticket> & Partial<ReplacedResponse<Ticket>>

/** A reply whose body is in the current form. */
export interface DecodedReply {
  readonly body: unknown
  readonly evidence: Evidence | undefined
}

/** Creates the dialect of one call. `restartedIn`: the generation in which the call was started again. */
export type CreateDialect = (restartedIn?: WireGeneration) => Dialect
