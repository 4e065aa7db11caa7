import type { BodyOf, EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { Secrets } from './redact.ts'

// What no error may show of a body. A test asks of every field of the contract whether it belongs here.

type BodyField = { [Id in EndpointId]: keyof BodyOf<Id> }[EndpointId]

/** Secret, however short. */
export const CREDENTIALS = [
  'credentials',
  'webhook_secret',
  'webhook_url',
  'test_data',
] as const satisfies readonly BodyField[]

/** What people wrote, or objects of any kind: nobody knows what is in it. */
export const FREE_TEXTS = [
  'user_input',
  'conversation_context',
  'user_preferences',
  'title',
  'description',
  'department',
  'tags',
  'custom_fields',
  'internal_notes',
  'resolution_summary',
  'assignment_reason',
  'reason',
  'filters',
  'routing_rules',
  'department_mapping',
  'custom_fields_mapping',
  'notification_channels',
] as const satisfies readonly BodyField[]

// A short one may be a word like any other, which would make holes in names and codes.
const FREE_TEXT_AT_LEAST = 16

/** Remembers what a body has in secret. */
export function addSecretsOf(body: JsonObject, secrets: Secrets): void {
  secrets.add(CREDENTIALS.map((field) => body[field]))
  secrets.add(
    FREE_TEXTS.map((field) => body[field]),
    FREE_TEXT_AT_LEAST,
  )
}
