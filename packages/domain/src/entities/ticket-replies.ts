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

/** What AI found in the text that a ticket was created from. */
export interface TicketAnalysis extends OutputOf<typeof analysisShape> {}
export const TicketAnalysis: Schema<TicketAnalysis> = z.object(analysisShape)

const integrationResultShape = {
  success: z.boolean(),
  /** `unknown` when the platform did not answer in time: the ticket may or may not exist there. */
  outcome: z.optional(z.string()),
  integration_id: nullish(z.string()),
  platform_name: nullish(openEnum<Platform, UnknownPlatform>(PLATFORMS)),
  external_ticket_id: nullish(z.string()),
  external_ticket_url: nullish(z.string()),
  error_message: nullish(z.string()),
  response: nullish(jsonObject()),
}

/** The result of filing a ticket on the integration's platform. */
export interface IntegrationResult extends OutputOf<typeof integrationResultShape> {}
export const IntegrationResult: Schema<IntegrationResult> = z.object(integrationResultShape)

const ticketShape = {
  id: uuid(),
  created_at: timestamp(),
  updated_at: timestamp(),
  title: z.string(),
  /** The title, cut off after 100 characters with `...`. */
  display_title: z.string(),
  description: z.string(),
  category: openEnum<TicketCategory, UnknownTicketValue>(TICKET_CATEGORIES),
  subcategory: z.nullable(z.string()),
  priority: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  urgency: openEnum<TicketPriority, UnknownTicketValue>(TICKET_PRIORITIES),
  status: openEnum<TicketStatus, UnknownTicketValue>(TICKET_STATUSES),
  department: z.nullable(z.string()),
  source_channel: z.string(),
  creator: User,
  assigned_to_id: z.nullable(uuid()),
  /** The integration that the ticket was filed with. The existing backend does not send it. */
  integration_id: nullish(uuid()),
  integration_result: nullish(IntegrationResult),
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

/** A ticket that was created with AI, and the analysis of its text. */
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
