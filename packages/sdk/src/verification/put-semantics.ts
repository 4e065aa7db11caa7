import type { ReplaceTicket, Ticket } from '@ai-ticket-creator/domain'

/** The fields of a ticket that PUT clears when they are absent (existing backend: replace a ticket). */
export const CLEARED_BY_PUT = [
  'assigned_to_id',
  'department',
  'resolution_summary',
  'internal_notes',
  'custom_fields',
  'attachments',
] as const satisfies readonly (keyof ReplaceTicket & keyof Ticket)[]
