import type { Integration, IntegrationSummary } from '../../entities/integration-replies.ts'
import type { ListIntegrations, SetIntegrationStatus, UpdateIntegration } from '../../entities/integration-requests.ts'
import type { Ticket, User } from '../../entities/ticket-replies.ts'
import type { CreateTicket, CreateTicketWithAi, ListTickets, ReplaceTicket } from '../../entities/ticket-requests.ts'
import type { UnknownPlatform } from '../../schema/unknown-values.ts'
import type { LegacyIntegrationType } from './integration-type-to-category-and-platform.ts'

// The wire format before the changes. Written by hand, because `@deprecated` on a key of a schema does not reach the published
// types. The tests compare each type with `wireSchema(…, 'legacy')`.

/** The retired fields of an integration in a legacy reply. */
export interface LegacyIntegrationReplyFields {
  /** @deprecated Use `platform_name`. */
  integration_type: LegacyIntegrationType | UnknownPlatform
  /** @deprecated Use `enabled`. */
  is_enabled: boolean
}

/** The fields of an integration that legacy does not have. */
export type NewIntegrationField = 'integration_category' | 'platform_name' | 'enabled'

/** An integration as a legacy backend shows it. */
export interface LegacyIntegration extends Omit<Integration, NewIntegrationField>, LegacyIntegrationReplyFields {}

/** An integration as the lists of a legacy backend show it. */
export interface LegacyIntegrationSummary
  extends Omit<IntegrationSummary, NewIntegrationField>,
    LegacyIntegrationReplyFields {}

/** The body of an update of an integration, with the retired names. */
export interface LegacyUpdateIntegration extends Omit<UpdateIntegration, 'enabled'> {
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/** The body of a status change, with the retired names: one of the two is required. */
export interface LegacySetIntegrationStatus extends Omit<SetIntegrationStatus, 'enabled'> {
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
  /**
   * Only `active` and `inactive` can be set; all other values are refused.
   *
   * @deprecated Use `enabled`.
   */
  status?: 'active' | 'inactive' | 'pending' | 'error' | 'expired' | 'suspended'
}

/** The query of a list of integrations, with the retired names. */
export interface LegacyListIntegrations extends Omit<ListIntegrations, NewIntegrationField> {
  /** @deprecated Use `platform_name`. */
  integration_type?: LegacyIntegrationType
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/** A file as legacy replies show it. */
export interface LegacyFile {
  id: string
  filename?: string
  file_size?: number
  file_type?: string
  mime_type?: string
  status?: string
  created_at?: string
}

/** A ticket as a legacy backend shows it. */
export interface LegacyTicket extends Omit<Ticket, 'assigned_to_id' | 'attachments'> {
  /** @deprecated Use `assigned_to_id`. */
  assignee: User | null
  /** @deprecated Use `attachments`. */
  files: LegacyFile[] | null
  /** @deprecated Use `integration_result`. */
  external_ticket_id?: string | null
  /** @deprecated Use `integration_result`. */
  external_ticket_url?: string | null
}

/**
 * The retired fields that name the integration of a ticket, as several versions of servers and clients called it. One is
 * enough; several must agree.
 */
export interface LegacyIntegrationNames {
  /** @deprecated Use `integration_id`. */
  integration_name?: string | null
  /** @deprecated Use `integration_id`. */
  integration?: string | null
  /** @deprecated Use `integration_id`. */
  integration_routing?: string | null
  /** @deprecated Use `integration_id`. */
  integration_preference?: string | null
}

/** The body of a new ticket, with the retired names. */
export interface LegacyCreateTicket
  extends Omit<CreateTicket, 'integration_id' | 'attachments'>,
    LegacyIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null
}

/** The body of a create with AI, with the retired names. */
export interface LegacyCreateTicketWithAi extends Omit<CreateTicketWithAi, 'integration_id'>, LegacyIntegrationNames {}

/** The body of PUT, with the retired names. */
export interface LegacyReplaceTicket extends Omit<ReplaceTicket, 'integration_id'>, LegacyIntegrationNames {}

/** The query of a list of tickets, with the retired names. */
export interface LegacyListTickets extends Omit<ListTickets, 'integration_id'>, LegacyIntegrationNames {}
