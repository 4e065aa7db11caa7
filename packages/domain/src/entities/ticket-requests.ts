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
  /** Default, also for null: `medium`. */
  priority: nullish(z.enum(TICKET_PRIORITIES)),
  /** Default: `medium`. */
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  /** The department that handles the ticket. At most 100 characters. */
  department: nullish(text({ max: 100 })),
  /** The user of the organization who handles the ticket. */
  assigned_to_id: nullish(uuid()),
  /** The integration that files the ticket on its platform; it must be active. Absent: the ticket is internal. */
  integration_id: nullish(uuid()),
  /** Whether the ticket is filed on the integration's platform. Default: true. */
  create_externally: z.optional(z.boolean()),
  /** Custom JSON. The backend stores the value without interpreting it. */
  custom_fields: nullish(jsonObject()),
  /** Files that were uploaded before. */
  attachments: attachments(),
}

/** The body of a create. */
export interface CreateTicket extends OutputOf<typeof createShape> {}
export const CreateTicket: Schema<CreateTicket> = z.object(createShape)

const replaceShape = {
  /** Not blank, at most 500 characters. */
  title: z.optional(text({ min: 1, max: 500 })),
  /** Not blank. */
  description: z.optional(text({ min: 1 })),
  /** What the ticket is about. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** How important the ticket is. */
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  /** How soon a solution is needed. */
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  /** The new status. For `resolved` and `closed` see `resolution_summary`. */
  status: z.optional(z.enum(TICKET_STATUSES)),
  /** The department that handles the ticket. At most 100 characters. */
  department: nullish(text({ max: 100 })),
  /** The user of the organization who handles the ticket; `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** The integration that the ticket belongs to; `null` removes the ticket from its integration. */
  integration_id: nullish(uuid()),
  /** Custom JSON. Replaces the stored value as a whole. */
  custom_fields: nullish(jsonObject()),
  /** Notes that are hidden from the requester. */
  internal_notes: nullish(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: nullish(text()),
  /** All attachments of the ticket. Replaces the stored list. */
  attachments: attachments(),
}

/** The body of PUT. Absent fields do not change, but a backend that does not announce `partial-put` clears some of them. */
export interface ReplaceTicket extends OutputOf<typeof replaceShape> {}
export const ReplaceTicket: Schema<ReplaceTicket> = z.object(replaceShape)

const updateShape = {
  /** Not blank, at most 500 characters, as on create. */
  title: z.optional(text({ min: 1, max: 500 })),
  /** Not blank. */
  description: z.optional(text({ min: 1 })),
  /** The new status. For `resolved` and `closed` see `resolution_summary`. */
  status: z.optional(z.enum(TICKET_STATUSES)),
  /** How important the ticket is. */
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  /** What the ticket is about. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** The user of the organization who handles the ticket; `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** Why the ticket is assigned. At most 500 characters. */
  assignment_reason: nullish(text({ max: 500 })),
  /** The department that handles the ticket. At most 100 characters. */
  department: nullish(text({ max: 100 })),
  /** When the ticket is due. Returned as `sla_due_date`. */
  due_date: nullish(dateTime()),
  /** Write-only: never returned. */
  tags: nullish(z.array(z.string())),
  /** Custom JSON. Replaces the stored value as a whole. */
  custom_fields: nullish(jsonObject()),
  /** Notes that are hidden from the requester. */
  internal_notes: nullish(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: nullish(text()),
  /** All attachments of the ticket. Replaces the stored list. */
  attachments: attachments(),
}

/** The body of PATCH. Absent fields do not change; `null` clears a field. */
export interface UpdateTicket extends OutputOf<typeof updateShape> {}
export const UpdateTicket: Schema<UpdateTicket> = z.object(updateShape)

const setStatusShape = {
  /** The new status. For `resolved` and `closed` see `resolution_summary`. */
  status: z.enum(TICKET_STATUSES),
  /** Required for `resolved` and `closed`. */
  resolution_summary: nullish(text()),
  /** Notes that are hidden from the requester. */
  internal_notes: nullish(text()),
}

/** The body of the retired status route. */
export interface SetTicketStatus extends OutputOf<typeof setStatusShape> {}
export const SetTicketStatus: Schema<SetTicketStatus> = z.object(setStatusShape)

const assignShape = {
  /** The user of the organization who handles the ticket; `null` removes the assignee. */
  assigned_to_id: nullish(uuid()),
  /** Why the ticket is assigned. At most 500 characters. */
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
  /** Preferences of the user, such as a language. */
  user_preferences: nullish(jsonObject()),
  /** The integration that files the ticket on its platform; it must be active. */
  integration_id: nullish(uuid()),
}

/** The body of a create with AI. The AI drafts the ticket from a text. */
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
  /** Only tickets whose title or description contains this text, case-insensitive. */
  q: z.optional(z.string()),
  /** Only tickets with one of these statuses. */
  status: z.optional(z.array(z.enum(TICKET_STATUSES))),
  /** Only tickets in one of these categories. */
  category: z.optional(z.array(z.enum(TICKET_CATEGORIES))),
  /** Only tickets with one of these priorities. */
  priority: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  /** Only tickets with one of these urgencies. */
  urgency: z.optional(z.array(z.enum(TICKET_PRIORITIES))),
  /** Only tickets that have all of these tags. */
  tags: z.optional(z.array(z.string())),
  /** Only tickets of exactly this department. */
  department: z.optional(z.string()),
  /** Only tickets that this user created. */
  created_by_id: z.optional(uuid()),
  /** Only tickets that are assigned to this user. */
  assigned_to_id: z.optional(uuid()),
  /** Only tickets that were filed with this integration. */
  integration_id: z.optional(uuid()),
  /** Only tickets that were created at this time or later. */
  created_after: z.optional(dateTime()),
  /** Only tickets that were created at this time or earlier. */
  created_before: z.optional(dateTime()),
  /** Only tickets that were changed at this time or later. */
  updated_after: z.optional(dateTime()),
  /** Only tickets that were changed at this time or earlier. */
  updated_before: z.optional(dateTime()),
  /** Only tickets that were resolved at this time or later. */
  resolved_after: z.optional(dateTime()),
  /** Only tickets that were resolved at this time or earlier. */
  resolved_before: z.optional(dateTime()),
  /** `true`: only open tickets past their `sla_due_date`; `false`: only tickets that are not overdue. */
  is_overdue: z.optional(z.boolean()),
  /** `true`: only tickets with attachments; `false`: only tickets without. */
  has_attachments: z.optional(z.boolean()),
  /** Only tickets with exactly this escalation level. */
  escalation_level: z.optional(integer()),
  /** Only tickets with exactly this rating. */
  satisfaction_rating: z.optional(integer()),
  /** Only tickets from this channel, such as `web`. */
  source_channel: z.optional(z.string()),
  /** The column to sort by. Default: `created_at`. */
  sort_by: z.optional(z.enum(TICKET_SORT_KEYS)),
  /** The direction to sort in. Default: `desc`. */
  sort_order: z.optional(z.enum(['asc', 'desc'])),
}

/** Selects and sorts the tickets of a list. */
export interface TicketFilters extends OutputOf<typeof filtersShape> {}
const TicketFilters = z.object(filtersShape)

const pageShape = {
  /** The number of the page, from 1. Default: 1. */
  page: z.optional(integer({ min: 1 })),
  /** Tickets per page, 1 to 100. Default: 20. */
  size: z.optional(integer({ min: 1, max: 100 })),
  /** The cursor in `Link: rel="next"`, if the backend announces `cursor`. Replaces `page`. */
  cursor: z.optional(text({ min: 1, max: 5000 })),
}

/** The query of a list of tickets. */
export interface ListTickets extends TicketFilters, OutputOf<typeof pageShape> {}
export const ListTickets: Schema<ListTickets> = z.extend(TicketFilters, pageShape)

const retrieveShape = {
  /** Accepted, but does not change the reply. */
  include_ai_data: z.optional(z.boolean()),
  /** Accepted, but does not change the reply. */
  include_internal: z.optional(z.boolean()),
}

/** The query of a retrieve. */
export interface RetrieveTicket extends OutputOf<typeof retrieveShape> {}
export const RetrieveTicket: Schema<RetrieveTicket> = z.object(retrieveShape)
