import type { IntegrationRow } from '@ai-ticket-creator/reference-api'
import type * as z from 'zod'
import { CheckError } from './check-error.ts'
import type { MailAccount } from './mail-login.ts'
import type { PlatformRequest } from './send.ts'

/** The request that shows whether a platform accepts the credentials of an integration, and changes nothing there. */
export interface Probe {
  /** @throws CheckError when the integration lacks what the request needs. */
  readonly request: (integration: ProbedIntegration) => PlatformRequest
  /** The JSON of a reply that shows a working account. */
  readonly healthy: z.ZodType
  /** Values of `error` in the JSON of a reply that mean that the credentials are refused, whatever the status is. */
  readonly refusals?: readonly string[]
}

/** A platform that is checked by a login to a mail server. */
export interface MailProbe {
  /** @throws CheckError when the integration lacks what the login needs. */
  readonly account: (integration: ProbedIntegration) => MailAccount
}

/** A platform that no request can check. */
export interface NoProbe {
  readonly notChecked: string
}

/** What a request is made of. A method throws when the integration does not have the value. */
export interface ProbedIntegration {
  readonly authType: string | null
  /** Empty when the integration has none. */
  readonly baseUrl: string
  readonly webhookSecret: string | null
  /** A value of the credentials: the first of these keys that is there. */
  readonly key: (...names: readonly [string, ...string[]]) => string
  /** A value of the credentials that becomes a part of a host name. */
  readonly label: (name: string) => string
  /** The address of the customer's own server, without a slash at the end: `base_url`, else one of these keys. */
  readonly root: (...names: readonly string[]) => string
  /** The present time in seconds, and an id, for a platform that checks signatures. */
  readonly seconds: number
  readonly id: string
}

type Integration = Pick<IntegrationRow, 'auth_type' | 'base_url' | 'credentials' | 'webhook_secret'>

export function createProbedIntegration(
  { auth_type, base_url, credentials, webhook_secret }: Integration,
  origin: Pick<ProbedIntegration, 'seconds' | 'id'>,
): ProbedIntegration {
  const key: ProbedIntegration['key'] = (...names) => {
    const value = names.map((name) => credentialOf(credentials, name)).find((text) => text !== '')
    if (value !== undefined) return value
    throw new CheckError(`not checked: the credentials have no ${names.map((name) => `\`${name}\``).join(' or ')}`)
  }
  return {
    ...origin,
    authType: auth_type,
    baseUrl: base_url?.trim() ?? '',
    webhookSecret: webhook_secret,
    key,
    label: (name) => toLabel(name, key(name)),
    root: (...names) => toRoot([base_url ?? '', ...names.map((name) => credentialOf(credentials, name))], names),
  }
}

function credentialOf(credentials: Integration['credentials'], name: string): string {
  const value = credentials !== null && Object.hasOwn(credentials, name) ? credentials[name] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

// A host name such as `evil.example/` in the place of a label would send the credentials to another host.
function toLabel(name: string, value: string): string {
  if (/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(value)) return value
  throw new CheckError(`not checked: \`${name}\` of the credentials must be one label of a host name`)
}

function toRoot(values: readonly string[], names: readonly string[]): string {
  const places = ['`base_url`', ...names.map((name) => `\`${name}\` of the credentials`)].join(' or ')
  const value = values.find((text) => text !== '')
  if (value === undefined) throw new CheckError(`not checked: the integration has no ${places}`)

  const { origin, pathname } = toUrl(value, places)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** An address that a user wrote. @throws CheckError */
export function toUrl(text: string, place: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isUsable = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (isUsable) return url
  throw new CheckError(`not checked: ${place} must be an http or https URL without user and password`)
}

/** @throws CheckError */
export function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text)
  throw new CheckError('not checked: `smtp_port` of the credentials must be a number from 1 to 65535')
}
