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

// Replies may contain enum values and fields that this version does not have: both are accepted.

const userShape = {
  /** A UUID. */
  id: uuid(),
  /** The email address. */
  email: z.string(),
  /** The full name, if it is known. */
  full_name: z.nullable(z.string()),
  /** The name to display. */
  display_name: z.string(),
  /** The URL of a picture. */
  avatar_url: z.nullable(z.string()),
}

/** A user of the organization. */
export interface User extends OutputOf<typeof userShape> {}
export const User: Schema<User> = z.object(userShape)

const analysisShape = {
  /** How certain the AI is, from 0 to 1. */
  confidence_score: z.nullable(z.number()),
  /** Why the AI came to this result. */
  reasoning: z.nullable(z.string()),
  /** Suggested tags. */
  tags: z.nullable(z.array(z.string())),
  /** Important words of the text. */
  keywords: z.nullable(z.array(z.string())),
  /** Known problems that are similar. */
  similar_patterns: z.nullable(z.array(z.string())),
  /** The tone of the text. */
  sentiment: z.nullable(z.string()),
  /** The impact on the business. */
  business_impact: z.nullable(z.string()),
}

/** An AI's analysis of the text that a ticket was created from. */
export interface TicketAnalysis extends OutputOf<typeof analysisShape> {}
export const TicketAnalysis: Schema<TicketAnalysis> = z.object(analysisShape)

const integrationResultShape = {
  /** Whether the ticket exists on the platform. */
  success: z.boolean(),
  /** `unknown` if the platform did not respond in time: the ticket may or may not exist there. */
  outcome: z.optional(z.string()),
  /** The integration that filed the ticket. */
  integration_id: nullish(z.string()),
  /** The platform, such as `jira`. */
  platform_name: nullish(openEnum<Platform, UnknownPlatform>(PLATFORMS)),
  /** The id of the ticket on the platform, such as `BUGS-7`. */
  external_ticket_id: nullish(z.string()),
  /** The URL of the ticket on the platform. */
  external_ticket_url: nullish(z.string()),
  /** Why the platform rejected the ticket. */
  error_message: nullish(z.string()),
  /** The response of the platform. */
  response: nullish(jsonObject()),
}

/** The result of filing a ticket on the integration's platform. */
export interface IntegrationResult extends OutputOf<typeof integrationResultShape> {}
export const IntegrationResult: Schema<IntegrationResult> = z.object(integrationResultShape)

const ticketShape = {
  /** A UUID. */
  id: uuid(),
  /** When the ticket was created. */
  created_at: timestamp(),
  /** When the ticket was last changed. */
  updated_at: timestamp(),
  /** A summary in one line. */
  title: z.string(),
  /** The title, shortened to 100 characters and `...` if it is longer. */
  display_title: z.string(),
  /** The full text. */
  description: z.string(),
  /** What the ticket is about. */
  category: openEnum<TicketCategory, UnknownTicketValue>(TICKET_CATEGORIES),
  /** A part of the category. */
  subcategory: z.nullable(z.string()),
  /** How important the ticket is. */
  priority: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  /** How soon a solution is needed. */
  urgency: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  /** The status, such as `open`. */
  status: openEnum<TicketStatus, UnknownTicketValue>(TICKET_STATUSES),
  /** The department that handles the ticket. */
  department: z.nullable(z.string()),
  /** The channel that the ticket came from, such as `web`. */
  source_channel: z.string(),
  /** Who created the ticket. */
  creator: User,
  /** The id of the user who handles the ticket. */
  assigned_to_id: z.nullable(uuid()),
  /** The integration that the ticket was filed with. The existing backend does not send this field. */
  integration_id: nullish(uuid()),
  /** The result of filing the ticket on the platform; null for an internal ticket. */
  integration_result: nullish(IntegrationResult),
  /** The ids of the attached files. */
  attachments: z.nullable(z.array(Attachment)),
  /** Custom JSON, returned unchanged. */
  custom_fields: z.nullable(jsonObject()),
  /** Notes that are hidden from the requester. */
  internal_notes: z.nullable(z.string()),
  /** How the ticket was resolved. */
  resolution_summary: z.nullable(z.string()),
  /** Why the ticket was escalated. */
  escalation_reason: z.nullable(z.string()),
  /** What the requester wrote about the result. */
  satisfaction_feedback: z.nullable(z.string()),
  /** How satisfied the requester was. */
  satisfaction_rating: z.nullable(z.number()),
  /** When the ticket was first answered. */
  first_response_at: z.nullable(timestamp()),
  /** When the ticket was resolved. */
  resolved_at: z.nullable(timestamp()),
  /** When the ticket was closed. */
  closed_at: z.nullable(timestamp()),
  /** When the ticket is due. Set by `due_date` of an update. */
  sla_due_date: z.nullable(timestamp()),
  /** When the ticket was escalated. */
  escalated_at: z.nullable(timestamp()),
  /** When the ticket last had any activity. */
  last_activity_at: timestamp(),
  /** How many messages the ticket has. */
  communication_count: z.number(),
  /** The level of escalation; 0 if the ticket is not escalated. */
  escalation_level: z.number(),
  /** Minutes from creation to resolution. */
  resolution_time_minutes: z.nullable(z.number()),
  /** Hours from creation to resolution. */
  resolution_time_hours: z.nullable(z.number()),
  /** The same as `is_overdue`. */
  sla_breached: z.boolean(),
  /** Whether `sla_due_date` has passed and the ticket is still open. */
  is_overdue: z.boolean(),
  /** Whether the priority is `high` or `critical`. */
  is_high_priority: z.boolean(),
  /** Whether the status is `resolved` or `pending`. */
  can_be_closed: z.boolean(),
  /** Hours since creation. */
  age_in_hours: z.number(),
  /** The AI's analysis of the text that the ticket was drafted from. */
  ai_analysis: z.nullable(TicketAnalysis),
}

/** A ticket. */
export interface Ticket extends OutputOf<typeof ticketShape> {}
export const Ticket: Schema<Ticket> = z.object(ticketShape)

const ticketPageShape = {
  /** The tickets of this page. */
  items: z.array(Ticket),
  /** How many tickets match the filters. */
  total: z.number(),
  /** The number of this page, from 1. */
  page: z.number(),
  /** Tickets per page. */
  size: z.number(),
  /** The number of pages; 0 if no ticket matches. */
  pages: z.number(),
  /** Whether there is a next page. */
  has_next: z.boolean(),
  /** Whether there is a previous page. */
  has_prev: z.boolean(),
}

/** A page of tickets. */
export interface TicketPage extends OutputOf<typeof ticketPageShape> {}
export const TicketPage: Schema<TicketPage> = z.object(ticketPageShape)

const aiTicketShape = {
  /** The drafted ticket. */
  ticket: Ticket,
  /** The AI's analysis of the text. */
  ai_analysis: TicketAnalysis,
  /** How certain the AI is, from 0 to 1. */
  confidence_score: z.number(),
  /** Suggested next steps. */
  suggested_actions: z.array(z.string()),
  /** The AI's analysis of the files. */
  file_analysis_summary: z.nullable(z.string()),
}

/** A ticket that was created with AI, and the analysis of its text. */
export interface TicketWithAnalysis extends OutputOf<typeof aiTicketShape> {}
export const TicketWithAnalysis: Schema<TicketWithAnalysis> = z.object(aiTicketShape)

const counts = (): Schema<Record<string, number>> => z.record(z.string(), z.number())

const statsShape = {
  /** The number of all tickets. */
  total_tickets: z.number(),
  /** The number of tickets in status `new`, `open` or `in_progress`. */
  open_tickets: z.number(),
  /** The number of tickets in status `resolved`. */
  resolved_tickets: z.number(),
  /** The number of open tickets past their `sla_due_date`. */
  overdue_tickets: z.number(),
  /** The number of tickets with priority `high` or `critical`. */
  high_priority_tickets: z.number(),
  /** The average time from creation to resolution; null if no ticket is resolved. */
  avg_resolution_time_hours: z.nullable(z.number()),
  /** The average time from creation to the first response; null if no ticket has one. */
  avg_first_response_time_hours: z.nullable(z.number()),
  /** The average rating; null if there are no ratings. */
  satisfaction_score: z.nullable(z.number()),
  /** The number of tickets per category. */
  category_distribution: counts(),
  /** The number of tickets per priority. */
  priority_distribution: counts(),
  /** The number of tickets per status. */
  status_distribution: counts(),
}

/** Statistics of all tickets of the organization. */
export interface TicketStats extends OutputOf<typeof statsShape> {}
export const TicketStats: Schema<TicketStats> = z.object(statsShape)

/** The attachments of a ticket: an array without an envelope. */
export const AttachmentList: Schema<Attachment[]> = z.array(Attachment)
