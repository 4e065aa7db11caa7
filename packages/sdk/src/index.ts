// The client

export { type Client, createClient } from './client.ts'
export type { ClientOptions, RequestOptions, RetryOptions } from './core/options.ts'
export type { ClientRequest, EndpointRequest, PathRequest } from './resources/raw-request.ts'

// Its methods and what they give

export type { AttemptAttributes, AttemptEvent, CallEvent, ClientEvent } from './core/events.ts'
export type { Drift, ReplacedResponse, ReplaceResult, ResponseFacts, Result, WithResponse } from './core/result.ts'
export type { Deprecations } from './deprecations/ledger.ts'
export type { Diagnosis, DiagnosisEvidence, DiagnosisRequest } from './diagnose.ts'
export type { ListOptions, ListResult, Page } from './pagination/page.ts'
export type { Integrations, StatusOptions } from './resources/integrations/integrations.ts'
export type { AssignOptions, TicketAttachments, TicketStatusOptions, Tickets } from './resources/tickets/tickets.ts'
export type { RetryReason } from './transport/retry/policy.ts'

// What goes in and comes out

export type {
  LegacyFile,
  LegacyIntegrationFields,
  LegacyPlatformFields,
  LegacyTicketFields,
} from './deprecations/legacy-accessors.ts'
export type {
  ClientConfig,
  CreateTicket,
  CreateTicketWithAi,
  Integration,
  IntegrationSummary,
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyListActiveIntegrations,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacyUpdateIntegration,
  LegacyUpdateTicket,
  ListActiveIntegrations,
  ListIntegrations,
  ListTickets,
  ReplaceTicket,
  UpdateIntegration,
  UpdateTicket,
} from './resources/types.ts'

// Errors, and guards that work across copies of this package

export {
  AmbiguousIntegrationError,
  ApiError,
  type CauseFacts,
  ConnectionError,
  FilterNotSupportedError,
  type Found,
  type FoundIntegration,
  IntegrationNotFoundError,
  IntegrationUnusableError,
  InvalidRequestError,
  type Issue,
  isAmbiguousIntegrationError,
  isApiError,
  isConnectionError,
  isFilterNotSupportedError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  isInvalidRequestError,
  isOutcomeUnknownError,
  isResponseMismatchError,
  isSilentDropError,
  isTimeoutError,
  isUnverifiableWriteError,
  OutcomeUnknownError,
  type OutcomeUnknownFacts,
  ResponseMismatchError,
  type ResponseMismatchFacts,
  SilentDropError,
  TimeoutError,
  UnverifiableWriteError,
} from './errors/base.ts'

// Vocabulary: the domain's, as far as a consumer names it

export {
  type ActiveIntegration,
  type Attachment,
  type AuthType,
  type CategoryOf,
  type CreateIntegration,
  type CredentialsOf,
  categoryOf,
  type DeprecationEntry,
  type DeprecationKind,
  type DeprecationLedger,
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
  LEGACY_INTEGRATION_TYPES,
  type LegacyCreateIntegration,
  type LegacyIntegrationType,
  type ListIntegrationFields,
  type Message,
  mergeLedgers,
  PLATFORMS,
  type Platform,
  type ProblemCandidate,
  type ProblemCode,
  parseCreateIntegration,
  platformsIn,
  type ReplyMismatch,
  type SyncIntegration,
  type TestIntegration,
  type Ticket,
  type TicketAnalysis,
  type TicketCategory,
  type TicketPriority,
  type TicketStats,
  type TicketStatus,
  type TicketWithAnalysis,
  type UnknownCategory,
  type UnknownPlatform,
  type UnknownStatus,
  type UnknownTicketWord,
  type UnusableReason,
  type User,
} from '@ai-ticket-creator/domain'
