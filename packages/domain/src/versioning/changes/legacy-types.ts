import type { Integration, IntegrationSummary } from '../../entities/integration-replies.ts'
import type { ListIntegrations, SetIntegrationStatus, UpdateIntegration } from '../../entities/integration-requests.ts'
import type { Ticket, User } from '../../entities/ticket-replies.ts'
import type { CreateTicket, CreateTicketWithAi, ListTickets, ReplaceTicket } from '../../entities/ticket-requests.ts'
import type { UnknownPlatform } from '../../schema/unknown-values.ts'
import type { LegacyIntegrationType } from './integration-type-to-category-and-platform.ts'

// The wire before the changes, written by hand: comments on the fields of a schema do not reach the published types.
// The tests hold them equal to `wireSchema(…, 'legacy')`.

interface LegacyIntegrationReply {
  /** @deprecated Use `platform_name`. */
  integration_type: LegacyIntegrationType | UnknownPlatform
  /** @deprecated Use `enabled`. */
  is_enabled: boolean
}

type NewIntegrationField = 'integration_category' | 'platform_name' | 'enabled'

/** An integration as a legacy backend shows it. */
export interface LegacyIntegration extends Omit<Integration, NewIntegrationField>, LegacyIntegrationReply {}

/** An integration as the lists of a legacy backend show it. */
export interface LegacyIntegrationSummary
  extends Omit<IntegrationSummary, NewIntegrationField>,
    LegacyIntegrationReply {}

/** The body of an update of an integration, in the old words. */
export interface LegacyUpdateIntegration extends Omit<UpdateIntegration, 'enabled'> {
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/** The body of a status change, in the old words: one of the two is needed. */
export interface LegacySetIntegrationStatus extends Omit<SetIntegrationStatus, 'enabled'> {
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
  /**
   * Only `active` and `inactive` can be set; the other words are refused.
   *
   * @deprecated Use `enabled`.
   */
  status?: 'active' | 'inactive' | 'pending' | 'error' | 'expired' | 'suspended'
}

/** The query of a list of integrations, in the old words. */
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

// What servers and clients of several ages called it: one is enough, several have to agree.
interface ByName {
  /** @deprecated Use `integration_id`. */
  integration_name?: string | null
  /** @deprecated Use `integration_id`. */
  integration?: string | null
  /** @deprecated Use `integration_id`. */
  integration_routing?: string | null
  /** @deprecated Use `integration_id`. */
  integration_preference?: string | null
}

/** The body of a new ticket, in the old words. */
export interface LegacyCreateTicket extends Omit<CreateTicket, 'integration_id' | 'attachments'>, ByName {
  /** @deprecated Use `attachments`. */
  file_ids?: string[] | null
}

/** The body of a ticket that is drafted from a user's words, in the old words. */
export interface LegacyCreateTicketWithAi extends Omit<CreateTicketWithAi, 'integration_id'>, ByName {}

/** The body of PUT, in the old words. */
export interface LegacyReplaceTicket extends Omit<ReplaceTicket, 'integration_id'>, ByName {}

/** The query of a list of tickets, in the old words. */
export interface LegacyListTickets extends Omit<ListTickets, 'integration_id'>, ByName {}
