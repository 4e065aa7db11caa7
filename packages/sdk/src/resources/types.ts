import type {
  ActiveIntegration,
  CreateTicket as DomainCreateTicket,
  CreateTicketWithAi as DomainCreateTicketWithAi,
  Integration as DomainIntegration,
  IntegrationSummary as DomainIntegrationSummary,
  ListActiveIntegrations as DomainListActiveIntegrations,
  ListIntegrations as DomainListIntegrations,
  ListTickets as DomainListTickets,
  ReplaceTicket as DomainReplaceTicket,
  UpdateIntegration as DomainUpdateIntegration,
  UpdateTicket as DomainUpdateTicket,
  IntegrationFieldList,
  LegacyIntegrationType,
  Ticket,
  TicketWithAnalysis,
} from '@ai-ticket-creator/domain'
import type {
  LegacyIntegrationFields,
  LegacyPlatformFields,
  LegacyTicketFields,
} from '../deprecations/legacy-accessors.ts'

// Results

interface Enabled {
  /**
   * Whether tickets may be filed with it. Undefined only when a legacy backend does not say: it is derived from the
   * statuses `active` and `inactive`, for the others nothing is invented.
   */
  enabled: boolean | undefined
}

/** An integration with all its settings. Credentials are never in it. */
export interface Integration extends Omit<DomainIntegration, 'enabled'>, Enabled {}

/** An integration as lists show it. */
export interface IntegrationSummary extends Omit<DomainIntegrationSummary, 'enabled'>, Enabled {}

interface IntegrationWithLegacyFields extends Integration, LegacyIntegrationFields {}
interface IntegrationSummaryWithLegacyFields extends IntegrationSummary, LegacyIntegrationFields {}
interface TicketWithLegacyFields extends Ticket, LegacyTicketFields {}
interface ActiveIntegrationWithLegacyFields extends ActiveIntegration, LegacyPlatformFields {}
interface FieldListWithLegacyFields extends IntegrationFieldList, LegacyPlatformFields {}
interface AnalysisWithLegacyFields extends Omit<TicketWithAnalysis, 'ticket'> {
  ticket: TicketWithLegacyFields
}

/** What a client was made with, as far as types depend on it. */
export interface ClientConfig {
  /** Whether results have their old names as deprecated accessors. */
  readonly legacyFields: boolean
}

type With<Config extends ClientConfig, Old, New> = Config['legacyFields'] extends true ? Old : New

export type IntegrationOf<C extends ClientConfig> = With<C, IntegrationWithLegacyFields, Integration>
export type IntegrationSummaryOf<C extends ClientConfig> = With<
  C,
  IntegrationSummaryWithLegacyFields,
  IntegrationSummary
>
export type TicketOf<C extends ClientConfig> = With<C, TicketWithLegacyFields, Ticket>
export type ActiveIntegrationOf<C extends ClientConfig> = With<C, ActiveIntegrationWithLegacyFields, ActiveIntegration>
export type IntegrationFieldListOf<C extends ClientConfig> = With<C, FieldListWithLegacyFields, IntegrationFieldList>
export type TicketWithAnalysisOf<C extends ClientConfig> = With<C, AnalysisWithLegacyFields, TicketWithAnalysis>

// Input. The `never` keys send a variable with old names to the deprecated overload.

/** The change of an integration: absent fields are left alone, `null` clears where a field is nullable. */
export interface UpdateIntegration extends DomainUpdateIntegration {
  /** @deprecated Can not be changed; the new name is `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * The change of an integration in the old words.
 *
 * @deprecated `is_enabled` is now `enabled`.
 */
export interface LegacyUpdateIntegration extends DomainUpdateIntegration {
  /** @deprecated Can not be changed; the new name is `platform_name`. */
  integration_type?: string
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean | undefined
}

/** Which integrations to list, in which order, and how many a page. */
export interface ListIntegrations extends Omit<DomainListIntegrations, 'cursor'> {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * Which integrations to list, in the old words.
 *
 * @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`.
 */
export interface LegacyListIntegrations extends Omit<DomainListIntegrations, 'cursor'> {
  /** @deprecated Use `platform_name`. */
  integration_type?: LegacyIntegrationType | undefined
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean | undefined
}

/** Which of the integrations that tickets can be filed with to list. */
export interface ListActiveIntegrations extends DomainListActiveIntegrations {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
}

/**
 * Which of the integrations that tickets can be filed with to list, in the old words.
 *
 * @deprecated `integration_type` is now `platform_name`.
 */
export interface LegacyListActiveIntegrations extends DomainListActiveIntegrations {
  /** @deprecated Use `platform_name`. */
  integration_type?: LegacyIntegrationType | undefined
}

interface WithoutOldNames {
  /** @deprecated Use `integration_id`. */
  integration_name?: never
  /** @deprecated Use `integration_id`. */
  integration?: never
  /** @deprecated Use `integration_id`. */
  integration_routing?: never
  /** @deprecated Use `integration_id`. */
  integration_preference?: never
}

interface OldNames {
  /** @deprecated Use `integration_id`: names are not unique. */
  integration_name?: string | null | undefined
  /** @deprecated Use `integration_id`: names are not unique. */
  integration?: string | null | undefined
  /** @deprecated Use `integration_id`. */
  integration_routing?: string | null | undefined
  /** @deprecated Use `integration_id`. */
  integration_preference?: string | null | undefined
}

/** A new ticket. */
export interface CreateTicket extends DomainCreateTicket, WithoutOldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/**
 * A new ticket in the old words: the integration by its name, files by their ids.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyCreateTicket extends DomainCreateTicket, OldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/** A ticket to be drafted from a user's words. */
export interface CreateTicketWithAi extends DomainCreateTicketWithAi, WithoutOldNames {}

/**
 * A ticket to be drafted from a user's words, in the old words: the integration by its name.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyCreateTicketWithAi extends DomainCreateTicketWithAi, OldNames {}

type Word = 'category' | 'priority' | 'urgency' | 'status'

/** As a ticket shows them: one that was retrieved can be sent back, also with a word that is newer than this version. */
interface Words extends Partial<Pick<Ticket, Word>> {}

interface Changes extends Omit<DomainUpdateTicket, Word>, Words, Pick<DomainReplaceTicket, 'integration_id'> {}

/** The change of a ticket: absent fields are left alone, `null` clears. */
export interface UpdateTicket extends Changes, WithoutOldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
  /** @deprecated Use `assignment_reason`. */
  reason?: never
}

/**
 * The change of a ticket in the old words.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`, `reason` is `assignment_reason`.
 */
export interface LegacyUpdateTicket extends Changes, OldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
  /** @deprecated Use `assignment_reason`. */
  reason?: string | null | undefined
}

interface Replacement extends Omit<DomainReplaceTicket, Word>, Words {}

/** A ticket to be written as it is given. */
export interface ReplaceTicket extends Replacement, WithoutOldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/**
 * A ticket to be written as it is given, in the old words.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyReplaceTicket extends Replacement, OldNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/** Which tickets to list, in which order, and how many a page. */
export interface ListTickets extends Omit<DomainListTickets, 'cursor'>, WithoutOldNames {}

/**
 * Which tickets to list, in the old words.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyListTickets extends Omit<DomainListTickets, 'cursor'>, OldNames {}
