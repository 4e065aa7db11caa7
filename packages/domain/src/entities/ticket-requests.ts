import * as z from 'zod/mini'
import { PLATFORMS, type Platform } from '../catalog/platforms.ts'
import {
  dateTime,
  integer,
  jsonObject,
  maybe,
  type OutputOf,
  openWord,
  type Schema,
  text,
  timestamp,
  uuid,
} from '../schema/schema.ts'
import type { UnknownPlatform, UnknownTicketWord } from '../schema/unknown-values.ts'

// Vocabulary: CONTRACT §4.

export const TICKET_STATUSES = ['new', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]

export const TICKET_PRIORITIES = ['low', 'medium', 'high', 'critical'] as const
export type TicketPriority = (typeof TICKET_PRIORITIES)[number]

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
export type TicketCategory = (typeof TICKET_CATEGORIES)[number]

// Requests: CONTRACT §3.1–§3.5.

const attachmentShape = { file_id: uuid() }

/** A file of the files API, by reference. */
export interface Attachment extends OutputOf<typeof attachmentShape> {}
export const Attachment: Schema<Attachment> = z.object(attachmentShape)

const attachments = () => maybe(z.array(Attachment))

const createShape = {
  /** Not blank, at most 500 characters. */
  title: text({ min: 1, max: 500 }),
  /** Not blank. */
  description: text({ min: 1 }),
  /** Default: `general`. */
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** Default, and for null: `medium`. */
  priority: maybe(z.enum(TICKET_PRIORITIES)),
  /** Default: `medium`. */
  urgency: z.optional(z.enum(TICKET_PRIORITIES)),
  /** At most 100 characters. */
  department: maybe(text({ max: 100 })),
  assigned_to_id: maybe(uuid()),
  /** The integration that files the ticket on its platform; it has to be active. Absent: internal only. */
  integration_id: maybe(uuid()),
  /** Whether the ticket is filed on the integration's platform. Default: true. */
  create_externally: z.optional(z.boolean()),
  custom_fields: maybe(jsonObject()),
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
  department: maybe(text({ max: 100 })),
  assigned_to_id: maybe(uuid()),
  integration_id: maybe(uuid()),
  custom_fields: maybe(jsonObject()),
  internal_notes: maybe(text()),
  resolution_summary: maybe(text()),
  attachments: attachments(),
}

/** The body of PUT: absent fields are left alone here; a backend without that announcement clears them. */
export interface ReplaceTicket extends OutputOf<typeof replaceShape> {}
export const ReplaceTicket: Schema<ReplaceTicket> = z.object(replaceShape)

const updateShape = {
  /** Not blank, at most 500 characters, as on create. */
  title: z.optional(text({ min: 1, max: 500 })),
  description: z.optional(text({ min: 1 })),
  status: z.optional(z.enum(TICKET_STATUSES)),
  priority: z.optional(z.enum(TICKET_PRIORITIES)),
  category: z.optional(z.enum(TICKET_CATEGORIES)),
  /** `null` takes the assignee away. */
  assigned_to_id: maybe(uuid()),
  /** At most 500 characters. */
  assignment_reason: maybe(text({ max: 500 })),
  /** At most 100 characters. */
  department: maybe(text({ max: 100 })),
  due_date: maybe(dateTime()),
  tags: maybe(z.array(z.string())),
  custom_fields: maybe(jsonObject()),
  internal_notes: maybe(text()),
  /** Required when the status becomes `resolved` or `closed`. */
  resolution_summary: maybe(text()),
  attachments: attachments(),
}

/** The body of PATCH: absent fields are left alone, `null` clears. */
export interface UpdateTicket extends OutputOf<typeof updateShape> {}
export const UpdateTicket: Schema<UpdateTicket> = z.object(updateShape)

const setStatusShape = {
  status: z.enum(TICKET_STATUSES),
  /** Required for `resolved` and `closed`. */
  resolution_summary: maybe(text()),
  internal_notes: maybe(text()),
}

/** The body of the retired status route. */
export interface SetTicketStatus extends OutputOf<typeof setStatusShape> {}
export const SetTicketStatus: Schema<SetTicketStatus> = z.object(setStatusShape)

const assignShape = {
  assigned_to_id: maybe(uuid()),
  /** At most 500 characters. */
  reason: maybe(text({ max: 500 })),
}

/** The body of the retired assign route. */
export interface AssignTicket extends OutputOf<typeof assignShape> {}
export const AssignTicket: Schema<AssignTicket> = z.object(assignShape)

const createWithAiShape = {
  /** What the user wrote. Not blank. */
  user_input: text({ min: 1 }),
  uploaded_files: maybe(z.array(uuid())),
  conversation_context: maybe(z.array(jsonObject())),
  user_preferences: maybe(jsonObject()),
  integration_id: maybe(uuid()),
}

/** The body of a ticket that is drafted from a user's words. */
export interface CreateTicketWithAi extends OutputOf<typeof createWithAiShape> {}
export const CreateTicketWithAi: Schema<CreateTicketWithAi> = z.object(createWithAiShape)

const addAttachmentsShape = { attachments: z.array(Attachment).check(z.minLength(1)) }

/** The body that adds attachments to a ticket. */
export interface AddAttachments extends OutputOf<typeof addAttachmentsShape> {}
export const AddAttachments: Schema<AddAttachments> = z.object(addAttachmentsShape)

// Queries: CONTRACT §1.2.

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
  /** Exact. */
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
  /** Rows a page, 1 to 100. Default: 20. */
  size: z.optional(integer({ min: 1, max: 100 })),
  /** From `Link: rel="next"`, where the backend announces `cursor`. It stands for `page`. */
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

// Replies: CONTRACT §3.6, §8. Open when reading.

const userShape = {
  id: uuid(),
  email: z.string(),
  full_name: z.nullable(z.string()),
  display_name: z.string(),
  avatar_url: z.nullable(z.string()),
}

/** A person of the organization. */
export interface User extends OutputOf<typeof userShape> {}
export const User: Schema<User> = z.object(userShape)

const analysisShape = {
  confidence_score: z.nullable(z.number()),
  reasoning: z.nullable(z.string()),
  tags: z.nullable(z.array(z.string())),
  keywords: z.nullable(z.array(z.string())),
  similar_patterns: z.nullable(z.array(z.string())),
  sentiment: z.nullable(z.string()),
  business_impact: z.nullable(z.string()),
}

/** What the AI drafter read out of a user's words. */
export interface TicketAnalysis extends OutputOf<typeof analysisShape> {}
export const TicketAnalysis: Schema<TicketAnalysis> = z.object(analysisShape)

const integrationResultShape = {
  success: z.boolean(),
  /** `unknown` when the platform did not answer in time: the ticket may or may not exist there. */
  outcome: z.optional(z.string()),
  integration_id: maybe(z.string()),
  platform_name: maybe(openWord<Platform, UnknownPlatform>(PLATFORMS)),
  external_ticket_id: maybe(z.string()),
  external_ticket_url: maybe(z.string()),
  error_message: maybe(z.string()),
  response: maybe(jsonObject()),
}

/** What became of a ticket on the integration's platform. */
export interface IntegrationResult extends OutputOf<typeof integrationResultShape> {}
export const IntegrationResult: Schema<IntegrationResult> = z.object(integrationResultShape)

const ticketShape = {
  id: uuid(),
  created_at: timestamp(),
  updated_at: timestamp(),
  title: z.string(),
  /** The title, cut to 100 characters and `...`. */
  display_title: z.string(),
  description: z.string(),
  category: openWord<TicketCategory, UnknownTicketWord>(TICKET_CATEGORIES),
  subcategory: z.nullable(z.string()),
  priority: openWord<TicketPriority, UnknownTicketWord>(TICKET_PRIORITIES),
  urgency: openWord<TicketPriority, UnknownTicketWord>(TICKET_PRIORITIES),
  status: openWord<TicketStatus, UnknownTicketWord>(TICKET_STATUSES),
  department: z.nullable(z.string()),
  source_channel: z.string(),
  creator: User,
  assigned_to_id: z.nullable(uuid()),
  /** The integration that the ticket was filed with. Not sent by the existing backend. */
  integration_id: maybe(uuid()),
  integration_result: maybe(IntegrationResult),
  attachments: z.nullable(z.array(Attachment)),
  custom_fields: z.nullable(jsonObject()),
  internal_notes: z.nullable(z.string()),
  resolution_summary: z.nullable(z.string()),
  escalation_reason: z.nullable(z.string()),
  satisfaction_feedback: z.nullable(z.string()),
  satisfaction_rating: z.nullable(z.number()),
  first_response_at: z.nullable(timestamp()),
  resolved_at: z.nullable(timestamp()),
  closed_at: z.nullable(timestamp()),
  sla_due_date: z.nullable(timestamp()),
  escalated_at: z.nullable(timestamp()),
  last_activity_at: timestamp(),
  communication_count: z.number(),
  escalation_level: z.number(),
  resolution_time_minutes: z.nullable(z.number()),
  resolution_time_hours: z.nullable(z.number()),
  sla_breached: z.boolean(),
  is_overdue: z.boolean(),
  is_high_priority: z.boolean(),
  can_be_closed: z.boolean(),
  age_in_hours: z.number(),
  ai_analysis: z.nullable(TicketAnalysis),
}

/** A ticket. */
export interface Ticket extends OutputOf<typeof ticketShape> {}
export const Ticket: Schema<Ticket> = z.object(ticketShape)

const ticketPageShape = {
  items: z.array(Ticket),
  total: z.number(),
  page: z.number(),
  size: z.number(),
  /** ceil(total / size); 0 when empty. */
  pages: z.number(),
  has_next: z.boolean(),
  has_prev: z.boolean(),
}

/** A page of tickets. */
export interface TicketPage extends OutputOf<typeof ticketPageShape> {}
export const TicketPage: Schema<TicketPage> = z.object(ticketPageShape)

const aiTicketShape = {
  ticket: Ticket,
  ai_analysis: TicketAnalysis,
  confidence_score: z.number(),
  suggested_actions: z.array(z.string()),
  file_analysis_summary: z.nullable(z.string()),
}

/** A ticket that was drafted from a user's words, with the reading it came from. */
export interface TicketWithAnalysis extends OutputOf<typeof aiTicketShape> {}
export const TicketWithAnalysis: Schema<TicketWithAnalysis> = z.object(aiTicketShape)

const counts = (): Schema<Record<string, number>> => z.record(z.string(), z.number())

const statsShape = {
  total_tickets: z.number(),
  open_tickets: z.number(),
  resolved_tickets: z.number(),
  overdue_tickets: z.number(),
  high_priority_tickets: z.number(),
  avg_resolution_time_hours: z.nullable(z.number()),
  avg_first_response_time_hours: z.nullable(z.number()),
  satisfaction_score: z.nullable(z.number()),
  category_distribution: counts(),
  priority_distribution: counts(),
  status_distribution: counts(),
}

/** Counts over all tickets of the organization. */
export interface TicketStats extends OutputOf<typeof statsShape> {}
export const TicketStats: Schema<TicketStats> = z.object(statsShape)
export const AttachmentList: Schema<Attachment[]> = z.array(Attachment)
