import type {
  CreateTicket as DomainCreateTicket,
  Integration as DomainIntegration,
  IntegrationSummary as DomainIntegrationSummary,
  ListIntegrations as DomainListIntegrations,
  ListTickets as DomainListTickets,
  UpdateIntegration as DomainUpdateIntegration,
  LegacyIntegrationType,
  Ticket,
} from '@ai-ticket-creator/domain'
import type { LegacyIntegrationFields, LegacyTicketFields } from './legacy-fields.ts'

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

/** Which tickets to list, in which order, and how many a page. */
export interface ListTickets extends Omit<DomainListTickets, 'cursor'>, WithoutOldNames {}

/**
 * Which tickets to list, in the old words.
 *
 * @deprecated `integration_name` is now `integration_id`.
 */
export interface LegacyListTickets extends Omit<DomainListTickets, 'cursor'>, OldNames {}
