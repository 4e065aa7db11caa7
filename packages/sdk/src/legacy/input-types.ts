import type {
  CreateTicket as DomainCreateTicket,
  CreateTicketWithAi as DomainCreateTicketWithAi,
  ListActiveIntegrations as DomainListActiveIntegrations,
  ListIntegrations as DomainListIntegrations,
  ListTickets as DomainListTickets,
  UpdateIntegration as DomainUpdateIntegration,
  LegacyIntegrationType,
} from '@ai-ticket-creator/domain'
import type { TicketChanges, TicketReplacement } from '../resources/input-types.ts'

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

/**
 * Filters for the integrations that tickets can be filed with, with the old names.
 *
 * @deprecated `integration_type` is now `platform_name`.
 */
export interface LegacyListActiveIntegrations extends DomainListActiveIntegrations {
  /** @deprecated Use `platform_name`. */
  integration_type?: LegacyIntegrationType | undefined
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

/**
 * A new ticket with the old names: the integration by its name, files by their ids.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyCreateTicket extends DomainCreateTicket, LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/**
 * A ticket to be drafted from a user's text, with the old names: the integration by its name.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyCreateTicketWithAi extends DomainCreateTicketWithAi, LegacyIntegrationNames {}

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

/**
 * The replacement of a ticket, with the old names.
 *
 * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
 */
export interface LegacyReplaceTicket extends TicketReplacement, LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null | undefined
}

/**
 * Which tickets to list, with the old names.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyListTickets extends Omit<DomainListTickets, 'cursor'>, LegacyIntegrationNames {}
