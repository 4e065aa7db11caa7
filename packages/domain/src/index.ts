// Platforms and categories

export {
  AUTH_TYPES,
  type AuthType,
  type CredentialsOf,
  credentialKeys,
  missingCredentials,
} from './catalog/credentials.ts'
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
} from './catalog/integration-status.ts'
export {
  type CategoryOf,
  categoryOf,
  IntegrationCategory,
  isIntegrationCategory,
  isPlatform,
  PLATFORMS,
  type Platform,
  platformsIn,
} from './catalog/platforms.ts'
// Names and ids
export {
  ifUsable,
  type NameCandidate,
  type ResolvedIntegration,
  resolveIntegrationName,
  type UnresolvedIntegration,
  type UnusableReason,
} from './catalog/resolve-integration-name.ts'
export {
  type BodyOf,
  contract,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
} from './contract/contract.ts'
export { type Endpoint, fillPath, GENERATIONS, type Generation, type Method, paramNames } from './contract/endpoint.ts'
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
} from './entities/integration-requests.ts'
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
} from './entities/ticket-requests.ts'
export {
  InvalidInputError,
  type Issue,
  type IssueCode,
  type Problem,
  type ProblemCandidate,
  type ProblemCode,
  problems,
} from './problems/problems.ts'
export { isJsonObject, type JsonObject, sameJson } from './schema/json.ts'
export { fieldsOf, type Schema } from './schema/schema.ts'
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketWord } from './schema/unknown-values.ts'
export { check } from './schema/validate.ts'
export {
  type CreateIntegration,
  type LegacyCreateIntegration,
  parseCreateIntegration,
} from './validation/create-integration.ts'
export { type ReadOptions, type ReadRequest, readBody, readQuery } from './validation/parse-request.ts'
export { encodeQuery } from './validation/query-string.ts'
// The contract
export { checkReply, type ReplyMismatch } from './validation/validate-reply.ts'
export type { Answers, Change, DeprecatedUse, Lookup, Part, RetiredField } from './versioning/changes/change.ts'
export { acceptedChangesOf, changes, changesOf, movedTo } from './versioning/changes/index.ts'
// From old to new and back
export {
  LEGACY_INTEGRATION_TYPES,
  type LegacyIntegrationType,
} from './versioning/changes/integration-type-to-category-and-platform.ts'
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
} from './versioning/changes/legacy-types.ts'
export {
  type DeprecationEntry,
  type DeprecationKind,
  type DeprecationLedger,
  mergeLedgers,
} from './versioning/deprecation-ledger.ts'
export { isAvailable, wireSchema } from './versioning/schema-for-generation.ts'
export {
  type Downgrade,
  type DowngradeOptions,
  downgrade,
  type Upgrade,
  type UpgradeOptions,
  upgrade,
} from './versioning/upgrade-downgrade.ts'
