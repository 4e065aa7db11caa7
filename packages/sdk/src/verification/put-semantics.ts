import type { ReplaceTicket, Ticket } from '@ai-ticket-creator/domain'

// What existing backends make of a ticket's fields (CONTRACT §3.2, §3.3); ours has none of these traps.
/** The fields that PUT clears when they are absent. */

export const CLEARED_BY_PUT = [
  'assigned_to_id',
  'department',
  'resolution_summary',
  'internal_notes',
  'custom_fields',
  'attachments',
] as const satisfies readonly (keyof ReplaceTicket & keyof Ticket)[]
