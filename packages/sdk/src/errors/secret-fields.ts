import type { BodyOf, EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { SECRET_FIELDS } from '@ai-ticket-creator/domain/internal'
import type { Secrets } from './redact.ts'

// The fields of request bodies that no error may quote. A test classifies every field of the contract.

type BodyField = { [Id in EndpointId]: keyof BodyOf<Id> }[EndpointId]

/** Texts by people, and objects with any content. */
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

// A short text may be an ordinary word: redacting it would damage names and codes.
const FREE_TEXT_MIN_LENGTH = 16

/** Adds the secret values of a body to the secrets of a call. */
export function addSecretsOf(body: JsonObject, secrets: Secrets): void {
  for (const [field, value] of Object.entries(body)) {
    if (isOneOf(SECRET_FIELDS, field)) secrets.add(value)
    if (isOneOf(FREE_TEXTS, field)) secrets.add(value, FREE_TEXT_MIN_LENGTH)
    for (const credential of credentialsInUrl(value)) secrets.add(credential)
  }
}

const isOneOf = (fields: readonly string[], field: string): boolean => fields.includes(field)

/** The user and the password in a URL such as `https://user:password@host`. */
function credentialsInUrl(value: unknown): readonly string[] {
  const [, userInfo = ''] = (typeof value === 'string' ? /:\/\/([^/?#\s]+)@/.exec(value) : null) ?? []
  return userInfo === '' ? [] : [userInfo, ...userInfo.split(':').filter((part) => part !== '')]
}
