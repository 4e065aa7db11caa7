import type { Ticket } from '../entities/ticket-replies.ts'
import type { ReplaceTicket } from '../entities/ticket-requests.ts'

/**
 * The fields of a ticket that PUT clears when they are absent, on a backend that does not announce `partial-put`
 * (existing backend: replace a ticket).
 */
export const CLEARED_BY_PUT = [
  'assigned_to_id',
  'department',
  'resolution_summary',
  'internal_notes',
  'custom_fields',
  'attachments',
] as const satisfies readonly (keyof ReplaceTicket & keyof Ticket)[]
