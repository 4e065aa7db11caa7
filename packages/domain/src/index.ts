// Platforms, categories and credentials

export {
  AUTH_TYPES,
  type AuthType,
  type CredentialKey,
  type CredentialKeys,
  type CredentialsOf,
  credentialKeys,
  missingCredentials,
  type OptionalCredentialKey,
} from './catalog/credentials.ts'
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

// Status

export {
  availableEvents,
  INTEGRATION_EVENTS,
  INTEGRATION_STATUSES,
  type IntegrationEffect,
  type IntegrationEvent,
  type IntegrationStatus,
  isEnabledStatus,
  isIntegrationStatus,
  type Transition,
  type TransitionRefusal,
  transition,
} from './catalog/integration-status.ts'

// Names of integrations

export {
  type NameCandidate,
  type ResolvedIntegration,
  resolveIntegrationName,
  type UnresolvedIntegration,
  type UnusableReason,
} from './catalog/resolve-integration-name.ts'

// The contract: every endpoint with its path, schemas and replies

export { isAvailable } from './contract/availability.ts'
export { CAPABILITIES, type Capability, type CapabilityInfo } from './contract/capabilities.ts'
export { ENDPOINT_IDS } from './contract/compiled-contract.ts'
export {
  type BodyOf,
  type Contract,
  contract,
  type EndpointId,
  endpointOf,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
} from './contract/contract.ts'
export { type Endpoint, GENERATIONS, type Generation, type Method, type ParamName } from './contract/endpoint.ts'
export type { NullHandling } from './validation/null-fields.ts'
export { type ParsedRequest, type ParseOptions, parseBody, parseQuery } from './validation/parse-request.ts'
export { type ReplyMismatch, validateReply } from './validation/validate-reply.ts'

// Schemas, each with a type of the same name

export { Attachment } from './entities/attachment.ts'
export {
  ActiveIntegration,
  ActiveIntegrationList,
  DeletedIntegration,
  Integration,
  IntegrationActivation,
  type IntegrationBase,
  IntegrationFieldList,
  IntegrationList,
  IntegrationSummary,
  IntegrationSyncResult,
  IntegrationTestResult,
} from './entities/integration-replies.ts'
export {
  CreateIntegrationBody,
  INTEGRATION_SORT_KEYS,
  INTEGRATION_TEST_TYPES,
  type IntegrationFilters,
  type IntegrationSettings,
  type IntegrationTestType,
  ListActiveIntegrations,
  ListIntegrationFields,
  ListIntegrations,
  RetrieveIntegration,
  SetIntegrationStatus,
  SyncIntegration,
  TestIntegration,
  UpdateIntegration,
} from './entities/integration-requests.ts'
export {
  AttachmentList,
  IntegrationResult,
  Ticket,
  TicketAnalysis,
  TicketPage,
  TicketStats,
  TicketWithAnalysis,
  User,
} from './entities/ticket-replies.ts'
export {
  AddAttachments,
  AssignTicket,
  CreateTicket,
  CreateTicketWithAi,
  ListTickets,
  ReplaceTicket,
  RetrieveTicket,
  SetTicketStatus,
  TICKET_SORT_KEYS,
  type TicketFilters,
  UpdateTicket,
} from './entities/ticket-requests.ts'
export {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
} from './entities/ticket-values.ts'
export type { RawJson } from './schema/exact-json.ts'
export type { JsonObject } from './schema/json.ts'
export type {
  EnumType,
  JsonType,
  LeafType,
  ListType,
  NullableType,
  ObjectType,
  OptionalType,
  RangeType,
  RecordType,
  ValueType,
} from './schema/json-type.ts'
export type { Limit } from './schema/limits.ts'
export type { AnySchema, OutputOf, Schema } from './schema/schema.ts'
export type { UnknownCategory, UnknownPlatform, UnknownStatus, UnknownTicketValue } from './schema/unknown-values.ts'
export {
  type AuthTypeField,
  type CreateIntegration,
  type CreateIntegrationOn,
  type CreateIntegrationOnNone,
  type LegacyCreateIntegration,
  type LegacyCreateIntegrationOn,
  type LegacyPlatform,
  type MixedCreateIntegrationOn,
  parseCreateIntegration,
  type WithoutRetiredNames,
} from './validation/create-integration.ts'

// Problems: error codes and field errors

export {
  InvalidInputError,
  type Issue,
  type IssueCode,
  type Problem,
  type ProblemCandidate,
  type ProblemCode,
  problems,
} from './problems/problems.ts'

// Retired fields: upgrade from the old names, downgrade to them

export type {
  Change,
  DeprecatedUse,
  DowngradeContext,
  FieldIssue,
  Location,
  Lookup,
  Resolvers,
  RetiredField,
  UpgradeContext,
  Upgraded,
} from './versioning/changes/change.ts'
export { changes, changesOf, replacementRoute } from './versioning/changes/index.ts'
export {
  LEGACY_INTEGRATION_TYPES,
  type LegacyIntegrationType,
} from './versioning/changes/integration-type-to-category-and-platform.ts'
export type {
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyFile,
  LegacyIntegration,
  LegacyIntegrationNames,
  LegacyIntegrationReplyFields,
  LegacyIntegrationSummary,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacySetIntegrationStatus,
  LegacyTicket,
  LegacyUpdateIntegration,
  NewIntegrationField,
} from './versioning/changes/legacy-types.ts'
export {
  type DeprecationEntry,
  type DeprecationKind,
  type DeprecationLedger,
  mergeLedgers,
} from './versioning/deprecation-ledger.ts'
export {
  type Downgrade,
  type DowngradeOptions,
  downgrade,
  type Upgrade,
  type UpgradeOptions,
  upgrade,
} from './versioning/upgrade-downgrade.ts'

// Names that only the packages of this project need are exported from `./internal`.
