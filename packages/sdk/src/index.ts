// The client

export { type Client, createClient } from './client.ts'
export type { ClientRequest, EndpointRequest, PathRequest } from './client-request.ts'
export type { ClientOptions, RequestOptions, RetryOptions } from './options.ts'

// Its methods and what they give

export type { Deprecations } from './deprecations.ts'
export type { Diagnosis, DiagnosisEvidence, DiagnosisRequest } from './diagnose.ts'
export type { AttemptAttributes, AttemptEvent, CallEvent, ClientEvent } from './events.ts'
export type { Integrations, StatusOptions } from './integrations.ts'
export type { ListOptions, ListResult, Page } from './page.ts'
export type { Drift, ReplacedResponse, ReplaceResult, ResponseFacts, Result, WithResponse } from './result.ts'
export type { RetryReason } from './retry-policy.ts'
export type { AssignOptions, TicketAttachments, TicketStatusOptions, Tickets } from './tickets.ts'

// What goes in and comes out

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
} from './entities.ts'
export type { LegacyFile, LegacyIntegrationFields, LegacyPlatformFields, LegacyTicketFields } from './legacy-fields.ts'

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
} from './errors.ts'

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
