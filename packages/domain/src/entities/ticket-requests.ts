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
  /** A user of the organization. */
  assigned_to_id: nullish(uuid()),
  /** The integration that files the ticket on its platform; it must be active. Absent: the ticket is internal. */
  integration_id: nullish(uuid()),
  /** Whether the ticket is filed on the integration's platform. Default: true. */
  create_externally: z.optional(z.boolean()),
  /** JSON of your own. The backend stores it as it is. */
  custom_fields: nullish(jsonObject()),
  /** Files that were uploaded before. */
  attachments: attachments(),
}

/** The body of a new ticket. */
export interface CreateTicket extends OutputOf<typeof createShape> {}
export const CreateTicket: Schema<CreateTicket> = z.object(createShape)

const replaceShape = {
  /** Not blank, at most 500 characters. */
  title: z.optional(text({ min: 1, max: 500 })),
  /** Not blank. */
  description: z.optional(text({ min: 1 })),
  /** What the ticket is about. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** How important it is. */
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  /** How soon it is needed. */
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  /** `resolved` and `closed` need a `resolution_summary`. */
  status: z.optional(z.enum(TICKET_STATUSES)),
  /** At most 100 characters. */
  department: nullish(text({ max: 100 })),
  /** A user of the organization; `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** The integration that the ticket belongs to; `null` removes it. */
  integration_id: nullish(uuid()),
  /** JSON of your own; it replaces the stored one as a whole. */
  custom_fields: nullish(jsonObject()),
  /** Notes that the requester does not see. */
  internal_notes: nullish(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: nullish(text()),
  /** The files of the ticket, in place of the stored ones. */
  attachments: attachments(),
}

/** The body of PUT. Absent fields are left alone; a backend that does not announce `partial-put` clears some of them. */
export interface ReplaceTicket extends OutputOf<typeof replaceShape> {}
export const ReplaceTicket: Schema<ReplaceTicket> = z.object(replaceShape)

const updateShape = {
  /** Not blank, at most 500 characters, as on create. */
  title: z.optional(text({ min: 1, max: 500 })),
  /** Not blank. */
  description: z.optional(text({ min: 1 })),
  /** `resolved` and `closed` need a `resolution_summary`. */
  status: z.optional(z.enum(TICKET_STATUSES)),
  /** How important it is. */
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  /** What the ticket is about. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** At most 500 characters. */
  assignment_reason: nullish(text({ max: 500 })),
  /** At most 100 characters. */
  department: nullish(text({ max: 100 })),
  /** A ticket shows it as `sla_due_date`. */
  due_date: nullish(dateTime()),
  /** No reply shows them. */
  tags: nullish(z.array(z.string())),
  /** JSON of your own; it replaces the stored one as a whole. */
  custom_fields: nullish(jsonObject()),
  /** Notes that the requester does not see. */
  internal_notes: nullish(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: nullish(text()),
  /** The files of the ticket, in place of the stored ones. */
  attachments: attachments(),
}

/** The body of PATCH. Absent fields are left alone; `null` clears a field. */
export interface UpdateTicket extends OutputOf<typeof updateShape> {}
export const UpdateTicket: Schema<UpdateTicket> = z.object(updateShape)

const setStatusShape = {
  /** `resolved` and `closed` need a `resolution_summary`. */
  status: z.enum(TICKET_STATUSES),
  /** Required for `resolved` and `closed`. */
  resolution_summary: nullish(text()),
  /** Notes that the requester does not see. */
  internal_notes: nullish(text()),
}

/** The body of the retired status route. */
export interface SetTicketStatus extends OutputOf<typeof setStatusShape> {}
export const SetTicketStatus: Schema<SetTicketStatus> = z.object(setStatusShape)

const assignShape = {
  /** A user of the organization; `null` removes the assignee. */
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
  /** Ids of files that were uploaded before. */
  uploaded_files: nullish(z.array(uuid())),
  /** Earlier messages of the conversation. */
  conversation_context: nullish(z.array(jsonObject())),
  /** Wishes of the user, such as a language. */
  user_preferences: nullish(jsonObject()),
  /** The integration that files the ticket on its platform; it must be active. */
  integration_id: nullish(uuid()),
}

/** The body of a create with AI, which drafts the ticket from a text. */
export interface CreateTicketWithAi extends OutputOf<typeof createWithAiShape> {}
export const CreateTicketWithAi: Schema<CreateTicketWithAi> = z.object(createWithAiShape)

const addAttachmentsShape = {
  /** Files that were uploaded before; at least one. */
  attachments: z.array(Attachment).check(z.minLength(1)),
}

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
  /** Tickets in one of these. */
  status: z.optional(z.array(z.enum(TICKET_STATUSES))),
  /** Tickets in one of these. */
  category: z.optional(z.array(z.enum(TICKET_CATEGORIES))),
  /** Tickets with one of these. */
  priority: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  /** Tickets with one of these. */
  urgency: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  /** Tickets that have all of these. */
  tags: z.optional(z.array(z.string())),
  /** Exact match. */
  department: z.optional(z.string()),
  /** Tickets that this user created. */
  created_by_id: z.optional(uuid()),
  /** Tickets that are assigned to this user. */
  assigned_to_id: z.optional(uuid()),
  /** Tickets that were filed with this integration. */
  integration_id: z.optional(uuid()),
  /** Tickets that were created then or later. */
  created_after: z.optional(dateTime()),
  /** Tickets that were created then or earlier. */
  created_before: z.optional(dateTime()),
  /** Tickets that were changed then or later. */
  updated_after: z.optional(dateTime()),
  /** Tickets that were changed then or earlier. */
  updated_before: z.optional(dateTime()),
  /** Tickets that were resolved then or later. */
  resolved_after: z.optional(dateTime()),
  /** Tickets that were resolved then or earlier. */
  resolved_before: z.optional(dateTime()),
  /** Whether `sla_due_date` has passed on an open ticket. */
  is_overdue: z.optional(z.boolean()),
  /** Tickets with, or without files. */
  has_attachments: z.optional(z.boolean()),
  /** Tickets at exactly this level. */
  escalation_level: z.optional(integer()),
  /** Tickets with exactly this rating. */
  satisfaction_rating: z.optional(integer()),
  /** Such as `web`. */
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
