import { AUTH_TYPES, type AuthType, fitsCredential, missingCredentials } from '../catalog/credentials.ts'
import { isPlatform } from '../catalog/platforms.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { has, isJsonObject, type JsonObject, own } from '../schema/json.ts'
import { typeName } from '../schema/validate.ts'
import { checkCategory } from './check-category.ts'

type Rule = (body: JsonObject, stored: JsonObject | undefined) => readonly Issue[]

// Rules over several fields; those of one field stand in its schema.
const rules: Partial<Record<EndpointId, readonly Rule[]>> = {
  'integrations.create': [
    platformGiven,
    (body) => checkCategory(body, 'body'),
    credentialsComplete,
    credentialsAreTexts,
  ],
  'integrations.update': [credentialsComplete, credentialsAreTexts],
  'tickets.replace': [summaryGivenOnEnd],
  'tickets.update': [somethingToChange, summaryGivenOnMove],
  'tickets.setStatus': [summaryGiven],
  'tickets.assign': [somethingToChange],
}

/** What is wrong with a body as a whole; its fields are checked already. */
export const checkRules = (
  endpointId: EndpointId,
  body: JsonObject,
  stored: JsonObject | undefined,
): readonly Issue[] => (rules[endpointId] ?? []).flatMap((rule) => rule(body, stored))

function platformGiven(body: JsonObject): readonly Issue[] {
  if (has(body, 'platform_name')) return []
  return [
    {
      type: 'missing',
      loc: ['body', 'platform_name'],
      msg: `\`platform_name\` is required${has(body, 'integration_category') ? '; a category alone does not say which platform' : ''}`,
      code: 'platform_required',
    },
  ]
}

/** CONTRACT §7. Credentials may be left out on create; half of them may not. */
function credentialsComplete(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  const credentials = own(body, 'credentials')
  const platform = own(stored ?? body, 'platform_name')
  const authType = own(stored ?? body, 'auth_type') ?? 'api_key'
  if (!isJsonObject(credentials) || typeof platform !== 'string' || !isPlatform(platform)) return []
  if (!isAuthType(authType)) return []

  return missingCredentials(platform, authType, credentials).map((key) => ({
    type: 'missing',
    loc: ['body', 'credentials', key],
    msg: `\`credentials.${key}\` is required for \`${platform}\` with auth type \`${authType}\``,
    code: 'credentials_incomplete',
  }))
}

function credentialsAreTexts(body: JsonObject): readonly Issue[] {
  const credentials = own(body, 'credentials')
  if (!isJsonObject(credentials)) return []
  return Object.entries(credentials)
    .filter(([key, value]) => !fitsCredential(key, value))
    .map(([key, value]) => ({
      type: 'string_type',
      loc: ['body', 'credentials', key],
      msg: `\`credentials.${key}\` must be a text, not ${typeName(value)}`,
      code: 'validation_failed',
    }))
}

const isAuthType = (word: unknown): word is AuthType => AUTH_TYPES.some((known) => known === word)

function somethingToChange(body: JsonObject): readonly Issue[] {
  if (Object.values(body).some((value) => value !== undefined)) return []
  return [{ type: 'missing', loc: ['body'], msg: 'the body must have at least one field', code: 'validation_failed' }]
}

/** A ticket that has ended has its summary; it is sent back as it is. Without the row a sender can not know. */
function summaryGivenOnEnd(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  const before = stored === undefined ? 'resolved' : own(stored, 'status')
  return before === 'resolved' || before === 'closed' ? [] : summaryGiven(body)
}

/** A ticket that is sent back as it is does not move: one of the existing backend may have ended without a summary. */
function summaryGivenOnMove(body: JsonObject, stored: JsonObject | undefined): readonly Issue[] {
  const moves = stored === undefined || own(stored, 'status') !== own(body, 'status')
  return moves ? summaryGiven(body) : []
}

/** CONTRACT §3.3: a ticket is resolved or closed with a summary in the same body. */
function summaryGiven(body: JsonObject): readonly Issue[] {
  const status = own(body, 'status')
  const summary = own(body, 'resolution_summary')
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
