import {
  type AuthType,
  categoryOf,
  credentialKeys,
  type JsonObject,
  type Platform,
  TICKET_PRIORITIES,
} from '@ai-ticket-creator/domain'
import type { CaseRequest } from './case-request.ts'

/** Every secret that a run sends contains this, so that a leak is found in any reply. */
export const secretPrefix = (prefix: string): string => `secret-of-${prefix}`

/** Made-up credentials with the keys that the platform and the auth type require. */
export const credentialsOf = (tag: string, platform: Platform, authType: AuthType = 'api_key'): JsonObject =>
  Object.fromEntries(credentialKeys(platform, authType).map((key) => [key, `${secretPrefix(tag)}-${key}`]))

/**
 * Made-up credentials that the existing backend accepts as well: it requires the key of the auth type for every platform,
 * and `url` for jira. Extra keys are allowed everywhere.
 */
const completeCredentials = (tag: string, platform: Platform): JsonObject => ({
  api_key: `${secretPrefix(tag)}-api_key`,
  ...(platform === 'jira' && { url: 'https://jira.example.test' }),
  ...credentialsOf(tag, platform),
})

/** A body from which every backend creates an integration. */
export const integrationBody = (tag: string, platform: Platform = 'jira', fields: JsonObject = {}): JsonObject => ({
  name: tag,
  integration_category: categoryOf(platform),
  platform_name: platform,
  base_url: `https://${platform}.example.test`,
  credentials: completeCredentials(tag, platform),
  ...fields,
})

/** A body from which every backend creates a ticket. */
export const ticketBody = (tag: string, fields: JsonObject = {}): JsonObject => ({
  title: tag,
  description: `Test data of a contract verification, deleted when it ends: ${tag}`,
  ...fields,
})

/** Made-up ids of files. The reference API does not check that files exist; for a backend that does, see `withRealFiles`. */
export const FILE_ID = 'a0000000-0000-4000-8000-0000000000f1'
export const OTHER_FILE_ID = 'a0000000-0000-4000-8000-0000000000f2'

/** A ticket with every field that needs no other row. */
export const fullTicket = (tag: string): JsonObject =>
  ticketBody(tag, {
    category: 'billing',
    priority: 'high',
    urgency: 'low',
    department: 'Accounts',
    custom_fields: { cost_center: 42, nested: { list: [1, null, 'x'] } },
    attachments: [{ file_id: FILE_ID }],
  })

/** A request that creates an integration on any backend. */
export const createIntegration = (tag: string, fields: JsonObject = {}, platform: Platform = 'jira'): CaseRequest => ({
  endpoint: 'integrations.create',
  body: integrationBody(tag, platform, fields),
})

/** A request that creates a ticket on any backend. */
export const createTicket = (tag: string, fields: JsonObject = {}): CaseRequest => ({
  endpoint: 'tickets.create',
  body: ticketBody(tag, fields),
})

/** A UUID that no row has. */
export const UNKNOWN_ID = 'f0000000-0000-4000-8000-00000000dead'

/** A priority for the nth row. Rows that follow each other have different priorities. */
export const priorityAt = (index: number): string => TICKET_PRIORITIES[index % TICKET_PRIORITIES.length] ?? 'medium'
