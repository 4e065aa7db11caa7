// The client

// Vocabulary: the domain's, as far as a consumer names it
export {
  type Attachment,
  type AuthType,
  type CategoryOf,
  type CreateIntegration,
  type CredentialsOf,
  categoryOf,
  type EndpointId,
  IntegrationCategory,
  type IntegrationResult,
  type IntegrationStatus,
  InvalidInputError,
  type IssueCode,
  isIntegrationCategory,
  isIntegrationStatus,
  isPlatform,
  LEGACY_INTEGRATION_TYPES,
  type LegacyCreateIntegration,
  type LegacyIntegrationType,
  type Message,
  PLATFORMS,
  type Platform,
  type ProblemCandidate,
  type ProblemCode,
  parseCreateIntegration,
  platformsIn,
  type Ticket,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
  type UnknownCategory,
  type UnknownPlatform,
  type UnknownStatus,
  type UnknownTicketWord,
  type UnusableReason,
  type User,
} from '@ai-ticket-creator/domain'
export { type Client, createClient } from './client.ts'
// What goes in and comes out
export type {
  ClientConfig,
  CreateTicket,
  Integration,
  IntegrationSummary,
  LegacyCreateTicket,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyUpdateIntegration,
  ListIntegrations,
  ListTickets,
  UpdateIntegration,
} from './entities.ts'
// Errors, and guards that work across copies of this package
export {
  AmbiguousIntegrationError,
  ApiError,
  type CauseFacts,
  ConnectionError,
  FilterNotSupportedError,
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
  isResponseMismatchError,
  isTimeoutError,
  ResponseMismatchError,
  TimeoutError,
} from './errors.ts'
export type { Integrations, StatusOptions } from './integrations.ts'
export type { LegacyFile, LegacyIntegrationFields, LegacyTicketFields } from './legacy-fields.ts'
export type { ClientOptions, RequestOptions } from './options.ts'
export type { ListOptions, ListResult, Page } from './page.ts'
export type { ResponseFacts, Result, WithResponse } from './result.ts'
export type { Tickets } from './tickets.ts'
