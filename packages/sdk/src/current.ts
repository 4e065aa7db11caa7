// The client of the current generation: the same names as in index.ts, without those about older generations.

// The client

export { type Client, type CurrentClientOptions as ClientOptions, createClient } from './client.ts'
export type { Fetch, KyInstance, KyRequestOptions } from './core/http-client.ts'
export type { Logger, RequestOptions, RetryOptions } from './core/options.ts'

// Numbers with more digits than a JavaScript number

export { exactNumber, exactText } from './core/exact-number.ts'

// Methods

export type { ListOptions, ListResult, Page } from './pagination/page.ts'
export type { ShownEntity, ShownReply } from './resources/contract-methods.ts'
export type { CurrentIntegrations as Integrations, StatusOptions } from './resources/integrations/integrations.ts'
export type { ClientRequest, EndpointRequest, PathRequest, QueryValue } from './resources/raw-request.ts'
export type {
  AssignOptions,
  CurrentTickets as Tickets,
  TicketAttachments,
  TicketStatusOptions,
} from './resources/tickets/tickets.ts'

// Input

export type {
  CreateTicket,
  CreateTicketWithAi,
  ListActiveIntegrations,
  ListIntegrations,
  ListTickets,
  ReplaceTicket,
  TicketChanges,
  TicketEnumFields,
  TicketReplacement,
  UpdateIntegration,
  UpdateTicket,
  WithoutIntegrationNames,
} from './resources/input-types.ts'

// Results

export type { ReplacedResponse, ReplaceResult, ResponseMetadata, Result, WithResponse } from './core/result.ts'
export type { Integration, IntegrationSummary, Results, TicketSummary } from './resources/result-types.ts'

// Events

export type { AttemptAttributes, AttemptEvent, CallEvent, ClientEvent, RetryReason } from './core/events.ts'
export type { Drift } from './core/result.ts'

// Errors, and guards that work across copies of this package

export { ApiError, type ApiErrorOptions } from './errors/api-error.ts'
export { TicketCreatorError } from './errors/base.ts'
export {
  ConnectionError,
  type ConnectionErrorOptions,
  type ErrorCause,
  TimeoutError,
  type TimeoutErrorOptions,
} from './errors/connection-errors.ts'
export {
  type ApiErrorOf,
  isAmbiguousIntegrationError,
  isApiError,
  isAuthenticationError,
  isConnectionError,
  isFilterNotSupportedError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  isInvalidRequestError,
  isNotFoundError,
  isOutcomeUnknownError,
  isPermissionError,
  isRateLimitError,
  isResponseMismatchError,
  isSilentDropError,
  isSortNotSupportedError,
  isTicketCreatorError,
  isTimeoutError,
  isUnverifiableWriteError,
} from './errors/guards.ts'
export {
  AmbiguousIntegrationError,
  type IntegrationErrorOptions,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from './errors/integration-errors.ts'
export type { Issue } from './errors/issue.ts'
export {
  OutcomeUnknownError,
  type OutcomeUnknownOptions,
  type Recovery,
  type RecoveryCandidate,
} from './errors/outcome-unknown-error.ts'
export {
  FilterNotSupportedError,
  type FilterNotSupportedOptions,
  type FilterProblem,
  InvalidRequestError,
  SortNotSupportedError,
  type SortNotSupportedOptions,
  type SortProblem,
} from './errors/request-errors.ts'
export { ResponseMismatchError, type ResponseMismatchOptions } from './errors/response-mismatch-error.ts'
export {
  SilentDropError,
  type SilentDropOptions,
  UnverifiableWriteError,
  type UnverifiableWriteOptions,
} from './errors/write-errors.ts'

// Vocabulary of the domain that consumers use by name

export {
  type ActiveIntegration,
  type Attachment,
  type AuthType,
  type CategoryOf,
  type CreateIntegration,
  type CredentialsOf,
  categoryOf,
  type DeletedIntegration,
  type EndpointId,
  type IntegrationActivation,
  IntegrationCategory,
  type IntegrationFieldList,
  type IntegrationResult,
  type IntegrationStatus,
  type IntegrationSyncResult,
  type IntegrationTestResult,
  type IntegrationTestType,
  InvalidInputError,
  type IssueCode,
  isIntegrationCategory,
  isIntegrationStatus,
  isPlatform,
  type ListIntegrationFields,
  PLATFORMS,
  type Platform,
  type ProblemCandidate,
  type ProblemCode,
  parseCreateIntegration,
  platformsIn,
  type RawJson,
  type ReplyMismatch,
  type SyncIntegration,
  type TestIntegration,
  type Ticket,
  type TicketAnalysis,
  type TicketCategory,
  type TicketPage,
  type TicketPriority,
  type TicketStats,
  type TicketStatus,
  type TicketWithAnalysis,
  type UnknownCategory,
  type UnknownPlatform,
  type UnknownStatus,
  type UnknownTicketValue,
  type UnusableReason,
  type User,
} from '@ai-ticket-creator/domain'
