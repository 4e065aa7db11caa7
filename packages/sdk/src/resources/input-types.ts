import type {
  CreateTicket as DomainCreateTicket,
  CreateTicketWithAi as DomainCreateTicketWithAi,
  ListActiveIntegrations as DomainListActiveIntegrations,
  ListIntegrations as DomainListIntegrations,
  ListTickets as DomainListTickets,
  ReplaceTicket as DomainReplaceTicket,
  UpdateIntegration as DomainUpdateIntegration,
  UpdateTicket as DomainUpdateTicket,
  Ticket,
} from '@ai-ticket-creator/domain'

// With the `never` keys, TypeScript chooses the deprecated overload for a variable with old names.

/** The change of an integration: absent fields keep their values, `null` clears a nullable field. */
export interface UpdateIntegration extends DomainUpdateIntegration {
  /** @deprecated Cannot be changed; the new name is `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/** Which integrations to list, in which order, and how many per page. */
export interface ListIntegrations extends Omit<DomainListIntegrations, 'cursor'> {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/** Filters for the integrations that tickets can be filed with. */
export interface ListActiveIntegrations extends DomainListActiveIntegrations {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
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

/** A new ticket. */
export interface CreateTicket extends DomainCreateTicket, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/** A ticket to be drafted from a user's text. */
export interface CreateTicketWithAi extends DomainCreateTicketWithAi, WithoutIntegrationNames {}

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

/** The change of a ticket: absent fields keep their values, `null` clears a field. */
export interface UpdateTicket extends TicketChanges, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
  /** @deprecated Use `assignment_reason`. */
  reason?: never
}

/** The fields of a replacement of a ticket that have no old name. */
export interface TicketReplacement extends Omit<DomainReplaceTicket, keyof TicketEnumFields>, TicketEnumFields {}

/** The replacement of a ticket: some backends clear absent fields. */
export interface ReplaceTicket extends TicketReplacement, WithoutIntegrationNames {
  /** @deprecated Use `attachments`. */
  file_ids?: never
}

/** Which tickets to list, in which order, and how many per page. */
export interface ListTickets extends Omit<DomainListTickets, 'cursor'>, WithoutIntegrationNames {}
