import * as z from 'zod/mini'
import { PLATFORMS, type Platform } from '../catalog/platforms.ts'
import { jsonObject, nullish, type OutputOf, openEnum, type Schema, timestamp, uuid } from '../schema/schema.ts'
import type { UnknownPlatform, UnknownTicketValue } from '../schema/unknown-values.ts'
import { Attachment } from './attachment.ts'
import {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
} from './ticket-values.ts'

// Replies may contain enum values and fields that this version does not know: both are accepted.

const userShape = {
  /** A UUID. */
  id: uuid(),
  /** Their address. */
  email: z.string(),
  /** Their name, if it is known. */
  full_name: z.nullable(z.string()),
  /** What to show for them. */
  display_name: z.string(),
  /** Their picture. */
  avatar_url: z.nullable(z.string()),
}

/** A person of the organization. */
export interface User extends OutputOf<typeof userShape> {}
export const User: Schema<User> = z.object(userShape)

const analysisShape = {
  /** 0 to 1. */
  confidence_score: z.nullable(z.number()),
  /** How it came to its result. */
  reasoning: z.nullable(z.string()),
  /** Suggested tags. */
  tags: z.nullable(z.array(z.string())),
  /** Words of the text that matter. */
  keywords: z.nullable(z.array(z.string())),
  /** Known problems that look alike. */
  similar_patterns: z.nullable(z.array(z.string())),
  /** The mood of the text. */
  sentiment: z.nullable(z.string()),
  /** How much is affected. */
  business_impact: z.nullable(z.string()),
}

/** What AI found in the text that a ticket was created from. */
export interface TicketAnalysis extends OutputOf<typeof analysisShape> {}
export const TicketAnalysis: Schema<TicketAnalysis> = z.object(analysisShape)

const integrationResultShape = {
  /** Whether the ticket exists on the platform. */
  success: z.boolean(),
  /** `unknown` when the platform did not answer in time: the ticket may or may not exist there. */
  outcome: z.optional(z.string()),
  /** The integration that filed it. */
  integration_id: nullish(z.string()),
  /** The platform, such as `jira`. */
  platform_name: nullish(openEnum<Platform, UnknownPlatform>(PLATFORMS)),
  /** Its id there, such as `BUGS-7`. */
  external_ticket_id: nullish(z.string()),
  /** Its address there. */
  external_ticket_url: nullish(z.string()),
  /** Why the platform refused it. */
  error_message: nullish(z.string()),
  /** What the platform answered. */
  response: nullish(jsonObject()),
}

/** The result of filing a ticket on the integration's platform. */
export interface IntegrationResult extends OutputOf<typeof integrationResultShape> {}
export const IntegrationResult: Schema<IntegrationResult> = z.object(integrationResultShape)

const ticketShape = {
  /** A UUID. */
  id: uuid(),
  /** When it was created. */
  created_at: timestamp(),
  /** When it was last changed. */
  updated_at: timestamp(),
  /** What it is about, in one line. */
  title: z.string(),
  /** The title, cut off after 100 characters with `...`. */
  display_title: z.string(),
  /** What it is about, in full. */
  description: z.string(),
  /** What the ticket is about. */
  category: openEnum<TicketCategory, UnknownTicketValue>(TICKET_CATEGORIES),
  /** A part of the category. */
  subcategory: z.nullable(z.string()),
  /** How important it is. */
  priority: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  /** How soon it is needed. */
  urgency: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  /** Where it stands. */
  status: openEnum<TicketStatus, UnknownTicketValue>(TICKET_STATUSES),
  /** The department that handles it. */
  department: z.nullable(z.string()),
  /** Where it came from, such as `web`. */
  source_channel: z.string(),
  /** Who created it. */
  creator: User,
  /** Who handles it. */
  assigned_to_id: z.nullable(uuid()),
  /** The integration that the ticket was filed with. The existing backend does not send it. */
  integration_id: nullish(uuid()),
  /** The result of filing it on the platform; null for an internal ticket. */
  integration_result: nullish(IntegrationResult),
  /** Its files, by id. */
  attachments: z.nullable(z.array(Attachment)),
  /** JSON of your own, as it was sent. */
  custom_fields: z.nullable(jsonObject()),
  /** Notes that the requester does not see. */
  internal_notes: z.nullable(z.string()),
  /** How it was resolved. */
  resolution_summary: z.nullable(z.string()),
  /** Why it was escalated. */
  escalation_reason: z.nullable(z.string()),
  /** What the requester wrote about the result. */
  satisfaction_feedback: z.nullable(z.string()),
  /** How content the requester was. */
  satisfaction_rating: z.nullable(z.number()),
  /** When it was first answered. */
  first_response_at: z.nullable(timestamp()),
  /** When it was resolved. */
  resolved_at: z.nullable(timestamp()),
  /** When it was closed. */
  closed_at: z.nullable(timestamp()),
  /** When it is due. `due_date` of an update sets it. */
  sla_due_date: z.nullable(timestamp()),
  /** When it was escalated. */
  escalated_at: z.nullable(timestamp()),
  /** When anything last happened to it. */
  last_activity_at: timestamp(),
  /** How many messages it has. */
  communication_count: z.number(),
  /** 0 while it is not escalated. */
  escalation_level: z.number(),
  /** From its creation to its resolution. */
  resolution_time_minutes: z.nullable(z.number()),
  /** The same in hours. */
  resolution_time_hours: z.nullable(z.number()),
  /** The same as `is_overdue`. */
  sla_breached: z.boolean(),
  /** Whether `sla_due_date` has passed and it is still open. */
  is_overdue: z.boolean(),
  /** Whether its priority is `high` or `critical`. */
  is_high_priority: z.boolean(),
  /** Whether its status is `resolved` or `pending`. */
  can_be_closed: z.boolean(),
  /** Since its creation. */
  age_in_hours: z.number(),
  /** What AI found in the text that it was drafted from. */
  ai_analysis: z.nullable(TicketAnalysis),
}

/** A ticket. */
export interface Ticket extends OutputOf<typeof ticketShape> {}
export const Ticket: Schema<Ticket> = z.object(ticketShape)

const ticketPageShape = {
  /** The tickets of this page. */
  items: z.array(Ticket),
  /** How many tickets fit the filters. */
  total: z.number(),
  /** 1-based. */
  page: z.number(),
  /** Tickets per page. */
  size: z.number(),
  /** ceil(total / size); 0 when empty. */
  pages: z.number(),
  /** Whether a page follows. */
  has_next: z.boolean(),
  /** Whether a page precedes. */
  has_prev: z.boolean(),
}

/** A page of tickets. */
export interface TicketPage extends OutputOf<typeof ticketPageShape> {}
export const TicketPage: Schema<TicketPage> = z.object(ticketPageShape)

const aiTicketShape = {
  /** The drafted ticket. */
  ticket: Ticket,
  /** What AI found in the text. */
  ai_analysis: TicketAnalysis,
  /** 0 to 1. */
  confidence_score: z.number(),
  /** What to do next. */
  suggested_actions: z.array(z.string()),
  /** What AI found in the files. */
  file_analysis_summary: z.nullable(z.string()),
}

/** A ticket that was created with AI, and the analysis of its text. */
export interface TicketWithAnalysis extends OutputOf<typeof aiTicketShape> {}
export const TicketWithAnalysis: Schema<TicketWithAnalysis> = z.object(aiTicketShape)

const counts = (): Schema<Record<string, number>> => z.record(z.string(), z.number())

const statsShape = {
  /** All tickets. */
  total_tickets: z.number(),
  /** Those in status `new`, `open` or `in_progress`. */
  open_tickets: z.number(),
  /** Those in status `resolved`. */
  resolved_tickets: z.number(),
  /** Open ones after their `sla_due_date`. */
  overdue_tickets: z.number(),
  /** Those with priority `high` or `critical`. */
  high_priority_tickets: z.number(),
  /** Null without resolved tickets. */
  avg_resolution_time_hours: z.nullable(z.number()),
  /** Null without answered tickets. */
  avg_first_response_time_hours: z.nullable(z.number()),
  /** The average rating; null without ratings. */
  satisfaction_score: z.nullable(z.number()),
  /** Tickets by category. */
  category_distribution: counts(),
  /** Tickets by priority. */
  priority_distribution: counts(),
  /** Tickets by status. */
  status_distribution: counts(),
}

/** Counts over all tickets of the organization. */
export interface TicketStats extends OutputOf<typeof statsShape> {}
export const TicketStats: Schema<TicketStats> = z.object(statsShape)
export const AttachmentList: Schema<Attachment[]> = z.array(Attachment)
