import { AUTH_TYPES, type AuthType, fitsCredential, missingCredentials } from '../catalog/credentials.ts'
import { isPlatform } from '../catalog/platforms.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { has, isJsonObject, type JsonObject, ownValue } from '../schema/json.ts'
import { typeName } from '../schema/validate.ts'
import { checkCategory } from './check-category.ts'

type Rule = (body: JsonObject, stored: JsonObject | undefined) => readonly Issue[]

// Rules over several fields. Rules of a single field are in its schema.
const rules: Partial<Record<EndpointId, readonly Rule[]>> = {
  'integrations.create': [
    requirePlatform,
    (body) => checkCategory(body, 'body'),
    requireAllCredentials,
    requireCredentialTypes,
  ],
  'integrations.update': [requireAllCredentials, requireCredentialTypes],
  'tickets.replace': [requireSummaryUnlessAlreadyEnded],
  'tickets.update': [requireSomeField, requireSummaryOnChange],
  'tickets.setStatus': [requireSummary],
  'tickets.assign': [requireSomeField],
}

/** The issues that concern several fields of a body. The schema of the body checks single fields. */
export const checkRules = (
  endpointId: EndpointId,
  body: JsonObject,
  stored: JsonObject | undefined,
): readonly Issue[] => (rules[endpointId] ?? []).flatMap((rule) => rule(body, stored))

/** Whether a body needs at least one field. */
export const needsSomeField = (endpointId: EndpointId): boolean => (rules[endpointId] ?? []).includes(requireSomeField)

function requirePlatform(body: JsonObject): readonly Issue[] {
  if (has(body, 'platform_name')) return []
  return [
    {
      type: 'missing',
      loc: ['body', 'platform_name'],
      msg: `\`platform_name\` is required${has(body, 'integration_category') ? '; a category alone does not determine the platform' : ''}`,
      code: 'platform_required',
    },
  ]
}

/** Credentials may be left out, but incomplete ones are refused. */
function requireAllCredentials(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  const credentials = ownValue(body, 'credentials')
  const platform = ownValue(stored ?? body, 'platform_name')
  const authType = ownValue(stored ?? body, 'auth_type') ?? 'api_key'
  if (!isJsonObject(credentials) || typeof platform !== 'string' || !isPlatform(platform)) return []
  if (!isAuthType(authType)) return []

  return missingCredentials(platform, authType, credentials).map((key) => ({
    type: 'missing',
    loc: ['body', 'credentials', key],
    msg: `\`credentials.${key}\` is required for \`${platform}\` with auth type \`${authType}\``,
    code: 'credentials_incomplete',
  }))
}

function requireCredentialTypes(body: JsonObject): readonly Issue[] {
  const credentials = ownValue(body, 'credentials')
  if (!isJsonObject(credentials)) return []
  return Object.entries(credentials)
    .filter(([key, value]) => !fitsCredential(key, value))
    .map(([key, value]) => ({
      type: 'string_type',
      loc: ['body', 'credentials', key],
      msg: `\`credentials.${key}\` must be a string, not ${typeName(value)}`,
      code: 'validation_failed',
    }))
}

const isAuthType = (value: unknown): value is AuthType => AUTH_TYPES.some((known) => known === value)

function requireSomeField(body: JsonObject): readonly Issue[] {
  if (Object.values(body).some((value) => value !== undefined)) return []
  return [{ type: 'missing', loc: ['body'], msg: 'the body must have at least one field', code: 'validation_failed' }]
}

/**
 * A PUT of a ticket that is already resolved or closed needs no new summary, because PUT sends the stored status again. Without
 * the stored row the rule cannot be checked, so the body passes and the backend decides.
 */
function requireSummaryUnlessAlreadyEnded(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  if (stored === undefined) return []
  const status = ownValue(stored, 'status')
  return status === 'resolved' || status === 'closed' ? [] : requireSummary(body)
}

/**
 * A status that does not change needs no summary: tickets of the existing backend may be closed without one. PATCH sends only
 * changes, so without the stored row a status in the body counts as a change.
 */
function requireSummaryOnChange(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  const changesStatus = stored === undefined || ownValue(stored, 'status') !== ownValue(body, 'status')
  return changesStatus ? requireSummary(body) : []
}

/** A body that resolves or closes a ticket must contain `resolution_summary` (existing backend: update a ticket). */
function requireSummary(body: JsonObject): readonly Issue[] {
  const status = ownValue(body, 'status')
  const summary = ownValue(body, 'resolution_summary')
  if (status !== 'resolved' && status !== 'closed') return []
  if (typeof summary === 'string' && summary.trim() !== '') return []
  return [
    {
      type: 'missing',
      loc: ['body', 'resolution_summary'],
      msg: `\`resolution_summary\` is required when \`status\` becomes \`${status}\``,
      code: 'validation_failed',
    },
  ]
}
