// Platforms and categories

// The contract
export { checkReply, type ReplyMismatch } from './check-reply.ts'
export {
  type BodyOf,
  contract,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
} from './contract.ts'
export { type CreateIntegration, type LegacyCreateIntegration, parseCreateIntegration } from './create-integration.ts'
export { AUTH_TYPES, type AuthType, type CredentialsOf, credentialKeys, missingCredentials } from './credentials.ts'
export { type DeprecationEntry, type DeprecationKind, type DeprecationLedger, mergeLedgers } from './deprecations.ts'
export { type Endpoint, fillPath, GENERATIONS, type Generation, type Method, paramNames } from './endpoint.ts'
export { check } from './explain.ts'
// Schemas, each with a type of its name
export {
  ActiveIntegration,
  ActiveIntegrationList,
  CreateIntegrationBody,
  INTEGRATION_SORT_KEYS,
  INTEGRATION_TEST_TYPES,
  Integration,
  IntegrationActivation,
  IntegrationFieldList,
  type IntegrationFilters,
  IntegrationList,
  type IntegrationSettings,
  IntegrationSummary,
  IntegrationSyncResult,
  IntegrationTestResult,
  type IntegrationTestType,
  ListActiveIntegrations,
  ListIntegrationFields,
  ListIntegrations,
  Message,
  RetrieveIntegration,
  SetIntegrationStatus,
  SyncIntegration,
  TestIntegration,
  UpdateIntegration,
} from './integration.ts'
export { isJsonObject, type JsonObject, sameJson } from './json.ts'
export type { Answers, Change, DeprecatedUse, Lookup, Part, RetiredField } from './legacy/change.ts'
export { acceptedChangesOf, changes, changesOf, movedTo } from './legacy/index.ts'
// From old to new and back
export {
  LEGACY_INTEGRATION_TYPES,
  type LegacyIntegrationType,
} from './legacy/integration-type-to-category-and-platform.ts'
export type {
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyFile,
  LegacyIntegration,
  LegacyIntegrationSummary,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacySetIntegrationStatus,
  LegacyTicket,
  LegacyUpdateIntegration,
} from './legacy/types.ts'
export {
  type CategoryOf,
  categoryOf,
  IntegrationCategory,
  isIntegrationCategory,
  isPlatform,
  PLATFORMS,
  type Platform,
  platformsIn,
} from './platform.ts'
export {
  InvalidInputError,
  type Issue,
  type IssueCode,
  type Problem,
  type ProblemCandidate,
  type ProblemCode,
  problems,
} from './problem.ts'
export { encodeQuery } from './query.ts'
export { type ReadOptions, type ReadRequest, readBody, readQuery } from './read-request.ts'
// Names and ids
export {
  ifUsable,
  type NameCandidate,
  type ResolvedIntegration,
  resolveIntegrationName,
  type UnresolvedIntegration,
  type UnusableReason,
} from './resolve-integration-name.ts'
export { fieldsOf, type Schema } from './schema.ts'
// Status
export {
  availableEvents,
  enabledIn,
  INTEGRATION_EVENTS,
  INTEGRATION_STATUSES,
  type IntegrationEffect,
  type IntegrationEvent,
  type IntegrationStatus,
  isIntegrationStatus,
  type Transition,
  type TransitionRefusal,
  transition,
} from './status.ts'
export {
  AddAttachments,
  AssignTicket,
  Attachment,
  AttachmentList,
  CreateTicket,
  CreateTicketWithAi,
  IntegrationResult,
  ListTickets,
  ReplaceTicket,
  RetrieveTicket,
  SetTicketStatus,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_SORT_KEYS,
  TICKET_STATUSES,
  Ticket,
  TicketAnalysis,
  type TicketCategory,
  type TicketFilters,
  TicketPage,
  type TicketPriority,
  TicketStats,
  type TicketStatus,
  TicketWithAnalysis,
  UpdateTicket,
  User,
} from './ticket.ts'
export {
  type Downgrade,
  type DowngradeOptions,
  downgrade,
  type Upgrade,
  type UpgradeOptions,
  upgrade,
} from './upgrade.ts'
export { isAvailable, wireSchema } from './wire-schema.ts'
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketWord } from './words.ts'
