/** The statuses of a ticket. */
export const TICKET_STATUSES = ['new', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled'] as const

/** A status of a ticket. */
export type TicketStatus = (typeof TICKET_STATUSES)[number]

/** The values of `priority` and of `urgency`, lowest first. */
export const TICKET_PRIORITIES = ['low', 'medium', 'high', 'critical'] as const

/** A value of `priority` or of `urgency`. */
export type TicketPriority = (typeof TICKET_PRIORITIES)[number]

/** The categories of tickets: what a ticket can be about. */
export const TICKET_CATEGORIES = [
  'technical',
  'billing',
  'feature_request',
  'bug',
  'user_access',
  'general',
  'integration',
  'performance',
  'security',
] as const

/** A category of tickets. */
export type TicketCategory = (typeof TICKET_CATEGORIES)[number]
