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

/** An integration as lists show it. */
export interface IntegrationSummary extends Omit<DomainIntegrationSummary, 'enabled' | 'description'> {
  /** Some deployed backends list integrations without it. */
  description?: string | null
  /**
   * Whether tickets may be filed with it. A legacy backend does not show it: then it is derived from the statuses `active`
   * and `inactive`, and undefined for the others.
   */
  enabled: boolean | undefined
}

/** An integration with all its settings, never with its credentials. */
export interface Integration extends Omit<DomainIntegration, 'enabled'>, Pick<IntegrationSummary, 'enabled'> {}

/** A ticket as lists show it. */
export interface TicketSummary extends Omit<Ticket, 'description'> {
  /** Some deployed backends list tickets without it, and without other fields: retrieve the ticket for them. */
  description?: string
}

/** The options of a client that its types depend on. */
export interface ClientConfig {
  /** Whether results have their old names as deprecated accessors. */
  readonly legacyFields: boolean
}

// Results with their old names

export interface IntegrationWithLegacyFields extends Integration, LegacyIntegrationFields {}
export interface IntegrationSummaryWithLegacyFields extends IntegrationSummary, LegacyIntegrationFields {}
export interface TicketWithLegacyFields extends Ticket, LegacyTicketFields {}
export interface TicketSummaryWithLegacyFields extends TicketSummary, LegacyTicketFields {}
export interface ActiveIntegrationWithLegacyFields extends ActiveIntegration, LegacyPlatformFields {}
export interface IntegrationFieldListWithLegacyFields extends IntegrationFieldList, LegacyPlatformFields {}
export interface TicketWithAnalysisWithLegacyFields extends Omit<TicketWithAnalysis, 'ticket'> {
  ticket: TicketWithLegacyFields
}

// Results of a client: with their old names unless `legacyFields` is false

export type IntegrationOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationWithLegacyFields
  : Integration
export type IntegrationSummaryOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationSummaryWithLegacyFields
  : IntegrationSummary
export type TicketOf<C extends ClientConfig> = C['legacyFields'] extends true ? TicketWithLegacyFields : Ticket
export type TicketSummaryOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? TicketSummaryWithLegacyFields
  : TicketSummary
export type ActiveIntegrationOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? ActiveIntegrationWithLegacyFields
  : ActiveIntegration
export type IntegrationFieldListOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationFieldListWithLegacyFields
  : IntegrationFieldList
export type TicketWithAnalysisOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? TicketWithAnalysisWithLegacyFields
  : TicketWithAnalysis

// Input. With the `never` keys, TypeScript chooses the deprecated overload for a variable with old names.

/** The change of an integration: absent fields are left alone, `null` clears where a field is nullable. */
export interface UpdateIntegration extends DomainUpdateIntegration {
  /** @deprecated Cannot be changed; the new name is `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * The change of an integration with the old names.
 *
 * @deprecated `is_enabled` is now `enabled`.
 */
export interface LegacyUpdateIntegration extends DomainUpdateIntegration {
  /** @deprecated Cannot be changed; the new name is `platform_name`. */
  integration_type?: string
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean | undefined
}

/** Which integrations to list, in which order, and how many per page. */
export interface ListIntegrations extends Omit<DomainListIntegrations, 'cursor'> {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * Which integrations to list, with the old names.
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
 * Which of the integrations that tickets can be filed with to list, with the old names.
 *
 * @deprecated `integration_type` is now `platform_name`.
 */
export interface LegacyListActiveIntegrations extends DomainListActiveIntegrations {
  /** @deprecated Use `platform_name`. */
  integration_type?: LegacyIntegrationType | undefined
}

/** The old names of `integration_id`, which current input does not have. */
export interface WithoutIntegrationNames {
  /** @deprecated Use `integration_id`. */
  integration_name?: never
  /** @deprecated Use `integration_id`. */
  integration?: never
  /** @deprecated Use `integration_id`. */
  integration_routing?: never
  /** @deprecated Use `integration_id`. */
  integration_preference?: never
}

/** The old names of `integration_id`. */
export interface LegacyIntegrationNames {
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
export interface CreateTicket extends DomainCreateTicket, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/**
 * A new ticket with the old names: the integration by its name, files by their ids.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyCreateTicket extends DomainCreateTicket, LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/** A ticket to be drafted from a user's text. */
export interface CreateTicketWithAi extends DomainCreateTicketWithAi, WithoutIntegrationNames {}

/**
 * A ticket to be drafted from a user's text, with the old names: the integration by its name.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyCreateTicketWithAi extends DomainCreateTicketWithAi, LegacyIntegrationNames {}

/** The enum fields as replies show them: a retrieved ticket can be sent back, also with a value newer than this version. */
export interface TicketEnumFields {
  category?: Ticket['category'] | undefined
  priority?: Ticket['priority'] | undefined
  urgency?: Ticket['urgency'] | undefined
  status?: Ticket['status'] | undefined
}

/** The fields of a change of a ticket that have no old name. */
export interface TicketChanges
  extends Omit<DomainUpdateTicket, keyof TicketEnumFields>,
    TicketEnumFields,
    Pick<DomainReplaceTicket, 'integration_id'> {}

/** The change of a ticket: absent fields are left alone, `null` clears. */
export interface UpdateTicket extends TicketChanges, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
  /** @deprecated Use `assignment_reason`. */
  reason?: never
}

/**
 * The change of a ticket with the old names.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`, `reason` is `assignment_reason`.
 */
export interface LegacyUpdateTicket extends TicketChanges, LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
  /** @deprecated Use `assignment_reason`. */
  reason?: string | null | undefined
}

/** The fields of a replacement of a ticket that have no old name. */
export interface TicketReplacement extends Omit<DomainReplaceTicket, keyof TicketEnumFields>, TicketEnumFields {}

/** A ticket to be written as it is given. */
export interface ReplaceTicket extends TicketReplacement, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/**
 * A ticket to be written as it is given, with the old names.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyReplaceTicket extends TicketReplacement, LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/** Which tickets to list, in which order, and how many per page. */
export interface ListTickets extends Omit<DomainListTickets, 'cursor'>, WithoutIntegrationNames {}

/**
 * Which tickets to list, with the old names.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyListTickets extends Omit<DomainListTickets, 'cursor'>, LegacyIntegrationNames {}
