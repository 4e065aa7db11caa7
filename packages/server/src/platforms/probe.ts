import type * as z from 'zod'
import type { IntegrationValues } from './integration-values.ts'
import type { MailAccount } from './mail-login.ts'
import type { PlatformReply, PlatformRequest } from './send.ts'

/** The request that shows whether a platform accepts the credentials of an integration, and changes nothing there. */
export interface Probe {
  /** @throws PlatformError if the integration lacks a value of the request. */
  readonly request: (integration: IntegrationValues) => PlatformRequest
  /** The JSON of a 2xx reply that shows a working account; a function for a platform that answers in another form. */
  readonly healthy: z.ZodType | ((reply: PlatformReply) => boolean)
  /** Values of `error` in the JSON of a reply by which the platform refuses the credentials, with any status. */
  readonly refusals?: readonly string[]
  /** Statuses other than 401 and 403 by which the platform refuses the credentials. */
  readonly refusalStatuses?: readonly number[]
}

/** A platform that is checked by a login to a mail server. */
export interface MailProbe {
  /** @throws PlatformError if the integration lacks a value of the login. */
  readonly account: (integration: IntegrationValues) => MailAccount
}
