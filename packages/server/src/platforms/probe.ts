import type * as z from 'zod'
import type { IntegrationValues } from './integration-values.ts'
import type { MailAccount } from './mail-login.ts'
import type { PlatformReply, PlatformRequest } from './send.ts'

/** The request that shows whether a platform accepts the credentials of an integration, and changes nothing there. */
export interface Probe {
  /** @throws PlatformError when the integration lacks what the request needs. */
  readonly request: (integration: IntegrationValues) => PlatformRequest
  /** The JSON of a 2xx reply that shows a working account; a function for a platform that answers in another way. */
  readonly healthy: z.ZodType | ((reply: PlatformReply) => boolean)
  /** Values of `error` in the JSON of a reply that mean that the credentials are refused, whatever the status is. */
  readonly refusals?: readonly string[]
  /** Statuses beside 401 and 403 that mean the same. */
  readonly refusalStatuses?: readonly number[]
}

/** A platform that is checked by a login to a mail server. */
export interface MailProbe {
  /** @throws PlatformError when the integration lacks what the login needs. */
  readonly account: (integration: IntegrationValues) => MailAccount
}
