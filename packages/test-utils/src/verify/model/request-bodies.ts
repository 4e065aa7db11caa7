import {
  type AuthType,
  categoryOf,
  credentialKeys,
  type JsonObject,
  type Platform,
  TICKET_PRIORITIES,
} from '@ai-ticket-creator/domain'
import type { Ask } from './case-request.ts'

/** All secrets of a run have this in them, so that they are found wherever they turn up. */
export const secretOf = (prefix: string): string => `secret-of-${prefix}`

/** Made-up credentials, complete for a platform and an auth type. */
export const credentialsOf = (tag: string, platform: Platform, authType: AuthType = 'api_key'): JsonObject =>
  Object.fromEntries(credentialKeys(platform, authType).map((key) => [key, `${secretOf(tag)}-${key}`]))

/**
 * Made-up credentials that older backends take as well: they ask for the key of the auth type whatever the platform, and
 * for the `url` of jira. Further keys are allowed everywhere, so what a case is given is there to be looked at.
 */
const ampleCredentials = (tag: string, platform: Platform): JsonObject => ({
  api_key: `${secretOf(tag)}-api_key`,
  ...(platform === 'jira' && { url: 'https://jira.example.test' }),
  ...credentialsOf(tag, platform),
})

/** The body of an integration on a platform; what is about credentials says which. */
export const integrationBody = (tag: string, platform: Platform = 'jira', fields: JsonObject = {}): JsonObject => ({
  name: tag,
  integration_category: categoryOf(platform),
  platform_name: platform,
  base_url: `https://${platform}.example.test`,
  credentials: ampleCredentials(tag, platform),
  ...fields,
})

/** The body of a ticket. */
export const ticketBody = (tag: string, fields: JsonObject = {}): JsonObject => ({
  title: tag,
  description: `Made by a contract verification, and deleted by it: ${tag}`,
  ...fields,
})

export const createIntegration = (body: JsonObject): Ask => ({ endpoint: 'integrations.create', body })
export const createTicket = (body: JsonObject): Ask => ({ endpoint: 'tickets.create', body })

/** A UUID that no row has. */
export const NOWHERE = 'f0000000-0000-4000-8000-00000000dead'

/** A priority for each of a few rows, each another. */
export const priorityAt = (index: number): string => TICKET_PRIORITIES[index % TICKET_PRIORITIES.length] ?? 'medium'
