import * as z from 'zod/mini'
import { dateTime, integer, jsonObject, nullish, type OutputOf, type Schema, text, uuid } from '../schema/schema.ts'
import { Attachment } from './attachment.ts'
import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket-values.ts'

const attachments = () => nullish(z.array(Attachment))

const createShape = {
  /** Not blank, at most 500 characters. */
  title: text({ min: 1, max: 500 }),
  /** Not blank. */
  description: text({ min: 1 }),
  /** Default: `general`. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** Default, and for null: `medium`. */
  priority: nullish(z.enum(TICKET_PRIORITIES)),
  /** Default: `medium`. */
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  /** At most 100 characters. */
  department: nullish(text({ max: 100 })),
  assigned_to_id: nullish(uuid()),
  /** The integration that files the ticket on its platform; it must be active. Absent: the ticket is internal. */
  integration_id: nullish(uuid()),
  /** Whether the ticket is filed on the integration's platform. Default: true. */
  create_externally: z.optional(z.boolean()),
  custom_fields: nullish(jsonObject()),
  attachments: attachments(),
}

/** The body of a new ticket. */
export interface CreateTicket extends OutputOf<typeof createShape> {}
export const CreateTicket: Schema<CreateTicket> = z.object(createShape)

const replaceShape = {
  /** Not blank, at most 500 characters. */
  title: z.optional(text({ min: 1, max: 500 })),
  description: z.optional(text({ min: 1 })),
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  status: z.optional(z.enum(TICKET_STATUSES)),
  /** At most 100 characters. */
  department: nullish(text({ max: 100 })),
  assigned_to_id: nullish(uuid()),
  integration_id: nullish(uuid()),
  custom_fields: nullish(jsonObject()),
  internal_notes: nullish(text()),
  resolution_summary: nullish(text()),
  attachments: attachments(),
}

/** The body of PUT. Absent fields are left alone; a backend that does not announce `partial-put` clears some of them. */
export interface ReplaceTicket extends OutputOf<typeof replaceShape> {}
export const ReplaceTicket: Schema<ReplaceTicket> = z.object(replaceShape)

const updateShape = {
  /** Not blank, at most 500 characters, as on create. */
  title: z.optional(text({ min: 1, max: 500 })),
  description: z.optional(text({ min: 1 })),
  status: z.optional(z.enum(TICKET_STATUSES)),
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** At most 500 characters. */
  assignment_reason: nullish(text({ max: 500 })),
  /** At most 100 characters. */
  department: nullish(text({ max: 100 })),
  due_date: nullish(dateTime()),
  tags: nullish(z.array(z.string())),
  custom_fields: nullish(jsonObject()),
  internal_notes: nullish(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: nullish(text()),
  attachments: attachments(),
}

/** The body of PATCH. Absent fields are left alone; `null` clears a field. */
export interface UpdateTicket extends OutputOf<typeof updateShape> {}
export const UpdateTicket: Schema<UpdateTicket> = z.object(updateShape)

const setStatusShape = {
  status: z.enum(TICKET_STATUSES),
  /** Required for `resolved` and `closed`. */
  resolution_summary: nullish(text()),
  internal_notes: nullish(text()),
}

/** The body of the retired status route. */
export interface SetTicketStatus extends OutputOf<typeof setStatusShape> {}
export const SetTicketStatus: Schema<SetTicketStatus> = z.object(setStatusShape)

const assignShape = {
  assigned_to_id: nullish(uuid()),
  /** At most 500 characters. */
  reason: nullish(text({ max: 500 })),
}

/** The body of the retired assign route. */
export interface AssignTicket extends OutputOf<typeof assignShape> {}
export const AssignTicket: Schema<AssignTicket> = z.object(assignShape)

const createWithAiShape = {
  /** The text to create the ticket from. Not blank. */
  user_input: text({ min: 1 }),
  uploaded_files: nullish(z.array(uuid())),
  conversation_context: nullish(z.array(jsonObject())),
  user_preferences: nullish(jsonObject()),
  integration_id: nullish(uuid()),
}

/** The body of a create with AI, which drafts the ticket from a text. */
export interface CreateTicketWithAi extends OutputOf<typeof createWithAiShape> {}
export const CreateTicketWithAi: Schema<CreateTicketWithAi> = z.object(createWithAiShape)

const addAttachmentsShape = { attachments: z.array(Attachment).check(z.minLength(1)) }

/** The body that adds attachments to a ticket. */
export interface AddAttachments extends OutputOf<typeof addAttachmentsShape> {}
export const AddAttachments: Schema<AddAttachments> = z.object(addAttachmentsShape)

// Queries

/** The columns that tickets can be sorted by. */
export const TICKET_SORT_KEYS = [
  'created_at',
  'updated_at',
  'title',
  'priority',
  'status',
  'last_activity_at',
  'resolution_time_minutes',
] as const

const filtersShape = {
  /** Part of title or description, case-insensitive. */
  q: z.optional(z.string()),
  status: z.optional(z.array(z.enum(TICKET_STATUSES))),
  category: z.optional(z.array(z.enum(TICKET_CATEGORIES))),
  priority: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  urgency: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  /** Tickets that have all of these. */
  tags: z.optional(z.array(z.string())),
  /** Exact match. */
  department: z.optional(z.string()),
  created_by_id: z.optional(uuid()),
  assigned_to_id: z.optional(uuid()),
  integration_id: z.optional(uuid()),
  created_after: z.optional(dateTime()),
  created_before: z.optional(dateTime()),
  updated_after: z.optional(dateTime()),
  updated_before: z.optional(dateTime()),
  resolved_after: z.optional(dateTime()),
  resolved_before: z.optional(dateTime()),
  is_overdue: z.optional(z.boolean()),
  has_attachments: z.optional(z.boolean()),
  escalation_level: z.optional(integer()),
  satisfaction_rating: z.optional(integer()),
  source_channel: z.optional(z.string()),
  /** Default: `created_at`. */
  sort_by: z.optional(z.enum(TICKET_SORT_KEYS)),
  /** Default: `desc`. */
  sort_order: z.optional(z.enum(['asc', 'desc'])),
}

/** Which tickets a list shows, and in which order. */
export interface TicketFilters extends OutputOf<typeof filtersShape> {}
const TicketFilters = z.object(filtersShape)

const pageShape = {
  /** 1-based. Default: 1. */
  page: z.optional(integer({ min: 1 })),
  /** Rows per page, 1 to 100. Default: 20. */
  size: z.optional(integer({ min: 1, max: 100 })),
  /** From `Link: rel="next"`, where the backend announces `cursor`. It replaces `page`. */
  cursor: z.optional(text({ min: 1, max: 5000 })),
}

/** The query of a list of tickets. */
export interface ListTickets extends TicketFilters, OutputOf<typeof pageShape> {}
export const ListTickets: Schema<ListTickets> = z.extend(TicketFilters, pageShape)

const retrieveShape = {
  /** Accepted, no effect on the body. */
  include_ai_data: z.optional(z.boolean()),
  /** Accepted, no effect on the body. */
  include_internal: z.optional(z.boolean()),
}
export interface RetrieveTicket extends OutputOf<typeof retrieveShape> {}
export const RetrieveTicket: Schema<RetrieveTicket> = z.object(retrieveShape)
