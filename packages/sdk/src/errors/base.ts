import type {
  EndpointId,
  IntegrationSummary,
  IssueCode,
  ProblemCandidate,
  ProblemCode,
  ReplyMismatch,
  Ticket,
  UnusableReason,
} from '@ai-ticket-creator/domain'

import { inWords } from '../core/fields.ts'

/** What is wrong with one field. It names the field, never its value. */
export interface Issue {
  /** The kind of fault: `missing`, `string_type`, `enum`, … */
  readonly type: string
  /** Where: `['body', 'credentials', 'api_token']`. */
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly code: IssueCode | (string & {})
  /** The name to use instead. */
  readonly replacement?: string
}

/** What this package itself finds wrong with a place of the input. */
export const issueAt = (loc: Issue['loc'], msg: string): Issue => ({
  type: 'value_error',
  loc,
  msg,
  code: 'validation_failed',
})

/** The root of a failure, as far as it can be told without risk: never a message, which may quote a request. */
export interface CauseFacts {
  /** Such as `TypeError`. */
  readonly name: string | undefined
  /** Such as `ECONNREFUSED`. */
  readonly code: string | undefined
}

const brandOf = (name: string): symbol => Symbol.for(`@ai-ticket-creator/sdk/${name}`)

/** What all errors share: facts as own fields, so that logs and JSON show them. */
abstract class FactualError extends Error {
  /** The fields that an earlier request of the same call has written already; absent when there are none. */
  declare readonly applied?: readonly string[]
  /** The id of what a request of the same call has created; absent when it has created nothing. */
  declare readonly created?: string

  /** The name, the message and the facts. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

// On the prototype, before the first error is made: so that the stack begins with the name. The brand is a registry
// symbol, which two copies of this package share, while their classes differ.
function name(errorClass: { readonly prototype: FactualError }, word: string): void {
  Object.defineProperties(errorClass.prototype, {
    name: { value: word, writable: true, configurable: true },
    [brandOf(word)]: { value: true },
  })
}

const isNamed = (value: unknown, word: string): boolean =>
  typeof value === 'object' && value !== null && brandOf(word) in value

/** What a call has done before it failed. */
export interface Done {
  /** The fields that are written. */
  applied: readonly string[]
  /** The id of what is created. */
  created?: string
}

/** Tells of a failure what the call had done before: nobody has to find out that half of it is there. */
export function afterWriting(error: unknown, { applied, created }: Done): unknown {
  if (!(error instanceof FactualError) || applied.length === 0) return error
  error.message +=
    created === undefined ? `; written before that: ${inWords(applied)}` : `; created before that: ${created}`
  return Object.assign(error, { applied, ...(created !== undefined && { created }) })
}

/** The facts of an `ApiError`. */
export interface ApiErrorFacts {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly code?: ProblemCode | (string & {}) | undefined
  readonly issues?: readonly Issue[]
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
  readonly attempts: number
}

/** The service answered with an error. */
export class ApiError extends FactualError {
  static {
    name(ApiError, 'ApiError')
  }
  /** The operation that failed, such as `integrations.create`; a method may need several. Undefined for a path. */
  readonly endpoint: EndpointId | undefined
  readonly status: number
  /** The stable word of the error; where the service sends none, the one that the status stands for. */
  readonly code: ProblemCode | (string & {}) | undefined
  /** One per faulty field; empty when the error is about the whole. */
  readonly issues: readonly Issue[]
  readonly requestId: string | undefined
  /** Seconds to wait, when the service said so. */
  readonly retryAfter: number | undefined
  /** How often the request was sent. */
  readonly attempts: number

  constructor(message: string, facts: ApiErrorFacts) {
    super(message)
    this.endpoint = facts.endpoint
    this.status = facts.status
    this.code = facts.code
    this.issues = facts.issues ?? []
    this.requestId = facts.requestId
    this.retryAfter = facts.retryAfter
    this.attempts = facts.attempts
  }
}

/** No answer came, or it broke off. A write may or may not have happened. */
export class ConnectionError extends FactualError {
  static {
    name(ConnectionError, 'ConnectionError')
  }
  readonly endpoint: EndpointId | undefined
  /** The system's word for it, such as `ECONNREFUSED`. */
  readonly code: string | undefined
  readonly attempts: number

  constructor(message: string, facts: { endpoint: EndpointId | undefined; attempts: number; cause: CauseFacts }) {
    super(message, { cause: facts.cause })
    this.endpoint = facts.endpoint
    this.code = facts.cause.code
    this.attempts = facts.attempts
  }
}

/** The answer did not come in time. A write may or may not have happened. */
export class TimeoutError extends FactualError {
  static {
    name(TimeoutError, 'TimeoutError')
  }
  /** Which limit was reached: that of one attempt, or that of the whole call. */
  readonly limit: 'timeout' | 'totalTimeout'
  /** The limit in milliseconds. */
  readonly ms: number
  readonly attempts: number

  constructor(facts: { limit: 'timeout' | 'totalTimeout'; ms: number; attempts: number }) {
    const what = facts.limit === 'timeout' ? 'no complete answer' : 'the whole call did not end'
    super(`${what} within ${facts.ms} ms (\`${facts.limit}\`)`)
    this.limit = facts.limit
    this.ms = facts.ms
    this.attempts = facts.attempts
  }
}

/** The input can not be right: refused before anything was sent. */
export class InvalidRequestError extends FactualError {
  static {
    name(InvalidRequestError, 'InvalidRequestError')
  }
  readonly code = 'validation_failed'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ msg }) => msg).join('; '))
    this.issues = issues
  }
}

/** The facts of the errors about a ticket's integration; which are known depends on who found out. */
export interface IntegrationErrorFacts {
  /** The name that was asked for. */
  readonly integrationName?: string | undefined
  readonly id?: string | undefined
  /** Set when the service found out. */
  readonly requestId?: string | undefined
}

/** No integration has the name or the id. */
export class IntegrationNotFoundError extends FactualError {
  static {
    name(IntegrationNotFoundError, 'IntegrationNotFoundError')
  }
  readonly code = 'integration_not_found'
  readonly integrationName: string | undefined
  readonly id: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorFacts) {
    super(message)
    this.integrationName = facts.integrationName
    this.id = facts.id
    this.requestId = facts.requestId
  }
}

/** Several integrations have the name: choose one of `candidates` by its id. */
export class AmbiguousIntegrationError extends FactualError {
  static {
    name(AmbiguousIntegrationError, 'AmbiguousIntegrationError')
  }
  readonly code = 'ambiguous_integration_name'
  readonly candidates: readonly ProblemCandidate[]
  readonly integrationName: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorFacts & { candidates: readonly ProblemCandidate[] }) {
    super(message)
    this.candidates = facts.candidates
    this.integrationName = facts.integrationName
    this.requestId = facts.requestId
  }
}

/** The integration is there but can not file tickets; `reason` says why. */
export class IntegrationUnusableError extends FactualError {
  static {
    name(IntegrationUnusableError, 'IntegrationUnusableError')
  }
  readonly code = 'integration_unusable'
  /** `deleted`, a status other than `active`, or a word that this version does not know. */
  readonly reason: UnusableReason
  readonly id: string | undefined
  readonly integrationName: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorFacts & { reason: UnusableReason }) {
    super(message)
    this.reason = facts.reason
    this.id = facts.id
    this.integrationName = facts.integrationName
    this.requestId = facts.requestId
  }
}

/** The backend can not apply a filter, and the client can not apply it in its place. */
export class FilterNotSupportedError extends FactualError {
  static {
    name(FilterNotSupportedError, 'FilterNotSupportedError')
  }
  readonly filter: string
  /** `not_shown`: the rows do not tell. `scan_limit`: more rows than `scanLimit` would have to be looked at. */
  readonly reason: 'not_shown' | 'scan_limit'

  constructor(facts: { filter: string; reason: 'not_shown' | 'scan_limit'; scanLimit: number }) {
    super(
      facts.reason === 'not_shown'
        ? `the backend does not apply the filter \`${facts.filter}\`, and its rows do not show what to filter by`
        : `the backend does not apply the filter \`${facts.filter}\`, and there are more than ${facts.scanLimit} rows; narrow the list, or raise \`scanLimit\``,
    )
    this.filter = facts.filter
    this.reason = facts.reason
  }
}

/** The facts of a `ResponseMismatchError`. */
export interface ResponseMismatchFacts {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined
  readonly mismatches?: readonly ReplyMismatch[]
  readonly created?: string | undefined
}

/**
 * An answer came that can not be read: not JSON, another kind of value than agreed, or a redirect; under strict
 * `validation` also one that does not fit the contract. What was to be written may be written.
 */
export class ResponseMismatchError extends FactualError {
  static {
    name(ResponseMismatchError, 'ResponseMismatchError')
  }
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined

  /** Under `strict`: where the reply does not fit, each place once, the first ten. */
  readonly mismatches: readonly ReplyMismatch[]

  constructor(message: string, facts: ResponseMismatchFacts) {
    super(message)
    this.endpoint = facts.endpoint
    this.status = facts.status
    this.requestId = facts.requestId
    this.mismatches = facts.mismatches ?? []
    if (facts.created !== undefined) Object.assign(this, { created: facts.created })
  }
}

/** The backend accepted a write and left some of its fields as they were. What else was sent is written. */
export class SilentDropError extends FactualError {
  static {
    name(SilentDropError, 'SilentDropError')
  }
  readonly endpoint: EndpointId
  /** The fields that were not written. */
  readonly fields: readonly string[]
  /** What was written to. */
  readonly id: string
  readonly requestId: string | undefined

  constructor(
    message: string,
    facts: { endpoint: EndpointId; fields: readonly string[]; id: string; requestId: string | undefined },
  ) {
    super(message)
    this.endpoint = facts.endpoint
    this.fields = facts.fields
    this.id = facts.id
    this.requestId = facts.requestId
  }
}

/**
 * Secrets were to be written to a backend that can not confirm that it keeps them; nothing was sent. `allowUnverified` sends
 * them all the same.
 */
export class UnverifiableWriteError extends FactualError {
  static {
    name(UnverifiableWriteError, 'UnverifiableWriteError')
  }
  readonly endpoint: EndpointId
  /** The fields that could not be confirmed. */
  readonly fields: readonly string[]
  /** What was to be written to. */
  readonly id: string

  constructor(facts: { endpoint: EndpointId; fields: readonly string[]; id: string }) {
    super(
      `the backend can not confirm that it keeps ${inWords(facts.fields)}; nothing was sent. \`allowUnverified\` sends it, and \`unverified\` of the result names it`,
    )
    this.endpoint = facts.endpoint
    this.fields = facts.fields
    this.id = facts.id
  }
}

/** An integration as lists show it; a legacy backend may not say whether it is enabled. */
export interface FoundIntegration extends Omit<IntegrationSummary, 'enabled'> {
  readonly enabled: boolean | undefined
}

/** What looks like the thing that a call may have created. */
export type Found =
  | { readonly found: 'none'; readonly items: readonly [] }
  | { readonly found: 'one'; readonly items: readonly [Ticket | FoundIntegration] }
  | { readonly found: 'many'; readonly items: readonly (Ticket | FoundIntegration)[] }

/** The facts of an `OutcomeUnknownError`, and how to find out. */
export interface OutcomeUnknownFacts {
  readonly endpoint: EndpointId
  readonly attempts: number
  readonly requestId?: string | undefined
  readonly ticket?: Ticket | undefined
  /** What the last attempt came to. */
  readonly cause?: unknown
  readonly find: (signal: AbortSignal | undefined) => Promise<readonly (Ticket | FoundIntegration)[]>
}

/**
 * A create whose answer was lost, or whose ticket may not have reached its platform. Sending it again could do it twice:
 * look first.
 *
 * ```ts
 * import { type CreateTicket, type createClient, isOutcomeUnknownError } from '@ai-ticket-creator/sdk'
 *
 * async function createOnce(client: ReturnType<typeof createClient>, input: CreateTicket) {
 *   try {
 *     return await client.tickets.create(input)
 *   } catch (error) {
 *     if (!isOutcomeUnknownError(error)) throw error
 *     const { found, items } = await error.resolve()
 *     console.log(found, items)
 *   }
 * }
 * ```
 */
export class OutcomeUnknownError extends FactualError {
  static {
    name(OutcomeUnknownError, 'OutcomeUnknownError')
  }
  readonly endpoint: EndpointId
  readonly attempts: number
  readonly requestId: string | undefined
  /** The id of the ticket, when it is there and only its platform is in doubt. */
  readonly id: string | undefined
  // Not facts to be logged: people wrote them.
  readonly #ticket: Ticket | undefined
  readonly #find: OutcomeUnknownFacts['find']

  constructor(message: string, facts: OutcomeUnknownFacts) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause })
    this.endpoint = facts.endpoint
    this.attempts = facts.attempts
    this.requestId = facts.requestId
    this.id = facts.ticket?.id
    this.#ticket = facts.ticket
    this.#find = facts.find
  }

  /** The ticket, when it is there and only its platform is in doubt. Not in JSON and logs. */
  get ticket(): Ticket | undefined {
    return this.#ticket
  }

  /**
   * Looks for what may have been created, and decides nothing. The ticket that is known is read again. Else the newest
   * 1 000 rows are looked through for the same name and platform, or title and description. A drafted ticket has texts of
   * its own: of those the newest 100 with the same integration are given. What looked the same before the call is among
   * them, and a request that is still under way is not.
   */
  async resolve(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<Found> {
    const items = await this.#find(options.signal)
    const [item] = items
    if (item === undefined) return { found: 'none', items: [] }
    return items.length === 1 ? { found: 'one', items: [item] } : { found: 'many', items }
  }
}

/** A word for telemetry: a status, the network's word or the name of an error of ours; of others nothing is told. */
export function errorTypeOf(error: unknown): string {
  if (error instanceof ApiError) return String(error.status)
  if (error instanceof ConnectionError && error.code !== undefined) return error.code
  return error instanceof FactualError ? error.name : '_OTHER'
}

// `instanceof` fails when two copies of this package are loaded (ESM and CJS, or two versions); the guards do not.

export const isApiError = (value: unknown): value is ApiError => isNamed(value, 'ApiError')
export const isConnectionError = (value: unknown): value is ConnectionError => isNamed(value, 'ConnectionError')
export const isTimeoutError = (value: unknown): value is TimeoutError => isNamed(value, 'TimeoutError')
export const isInvalidRequestError = (value: unknown): value is InvalidRequestError =>
  isNamed(value, 'InvalidRequestError')
export const isIntegrationNotFoundError = (value: unknown): value is IntegrationNotFoundError =>
  isNamed(value, 'IntegrationNotFoundError')
export const isAmbiguousIntegrationError = (value: unknown): value is AmbiguousIntegrationError =>
  isNamed(value, 'AmbiguousIntegrationError')
export const isIntegrationUnusableError = (value: unknown): value is IntegrationUnusableError =>
  isNamed(value, 'IntegrationUnusableError')
export const isFilterNotSupportedError = (value: unknown): value is FilterNotSupportedError =>
  isNamed(value, 'FilterNotSupportedError')
export const isSilentDropError = (value: unknown): value is SilentDropError => isNamed(value, 'SilentDropError')
export const isUnverifiableWriteError = (value: unknown): value is UnverifiableWriteError =>
  isNamed(value, 'UnverifiableWriteError')
export const isResponseMismatchError = (value: unknown): value is ResponseMismatchError =>
  isNamed(value, 'ResponseMismatchError')
export const isOutcomeUnknownError = (value: unknown): value is OutcomeUnknownError =>
  isNamed(value, 'OutcomeUnknownError')
