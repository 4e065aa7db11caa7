import type { JsonObject } from '@ai-ticket-creator/domain'
import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow } from '@ai-ticket-creator/reference-api'
import { PlatformError } from './platform-error.ts'

/** The values of an integration from which requests are built. A method throws a PlatformError if the value is missing. */
export interface IntegrationValues {
  readonly authType: string | null
  /** Empty if the integration has no `base_url`. */
  readonly baseUrl: string
  readonly webhookSecret: string | null
  /** The first of these credentials that is present. */
  readonly credential: (...names: readonly [string, ...string[]]) => string
  /** A credential that can be absent. */
  readonly optionalCredential: (name: string) => string | undefined
  /** A credential that is one label of a host name, such as the `acme` of `acme.zendesk.com`. */
  readonly hostLabel: (name: string) => string
  /** The URL of the customer's own server, without a slash at the end: `base_url`, else the first of these credentials. */
  readonly serverUrl: (...names: readonly string[]) => string
  /** The platform's name of each custom field of tickets, by our name. */
  readonly customFieldNames: JsonObject
  /** Whether a text contains a secret of the integration. The URL of the platform is not a secret. */
  readonly quotesSecret: (text: string) => boolean
  /** The time of the request in seconds since the epoch, and an id: both are signed. */
  readonly seconds: number
  readonly id: string
}

/** When a request is made, and its id. */
export type RequestOrigin = Pick<IntegrationValues, 'seconds' | 'id'>

type Integration = Pick<
  IntegrationRow,
  'auth_type' | 'base_url' | 'credentials' | 'webhook_secret' | 'custom_fields_mapping'
>

export function createIntegrationValues(
  { auth_type, base_url, credentials, webhook_secret, custom_fields_mapping }: Integration,
  origin: RequestOrigin,
): IntegrationValues {
  const credential: IntegrationValues['credential'] = (...names) => {
    const value = names.map((name) => credentialOf(credentials, name)).find((text) => text !== '')
    if (value !== undefined) return value
    throw new PlatformError(`the credentials have no ${names.map((name) => `\`${name}\``).join(' or ')}`)
  }
  return {
    ...origin,
    authType: auth_type,
    baseUrl: base_url?.trim() ?? '',
    webhookSecret: webhook_secret,
    customFieldNames: custom_fields_mapping ?? {},
    quotesSecret: createQuoteFinder(credentials, webhook_secret),
    credential,
    optionalCredential: (name) => credentialOf(credentials, name) || undefined,
    hostLabel: (name) => toHostLabel(name, credential(name)),
    serverUrl: (...names) =>
      toServerUrl([base_url ?? '', ...names.map((name) => credentialOf(credentials, name))], names),
  }
}

function credentialOf(credentials: Integration['credentials'], name: string): string {
  const value = credentials !== null && Object.hasOwn(credentials, name) ? credentials[name] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

function createQuoteFinder(
  credentials: Integration['credentials'],
  webhookSecret: string | null,
): IntegrationValues['quotesSecret'] {
  const names = Object.keys(credentials ?? {}).filter((name) => name !== 'url')
  const secrets = [webhookSecret ?? '', ...names.map((name) => credentialOf(credentials, name))]
  return (text) => createRedactor(secrets, { fragments: true }).redact(text) !== text
}

// A host name such as `evil.example/` in the place of a label would send the credentials to another host.
function toHostLabel(name: string, value: string): string {
  if (/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(value)) return value
  throw new PlatformError(`\`${name}\` of the credentials must be one label of a host name`)
}

function toServerUrl(values: readonly string[], names: readonly string[]): string {
  const places = ['`base_url`', ...names.map((name) => `\`${name}\` of the credentials`)].join(' or ')
  const value = values.find((text) => text !== '')
  if (value === undefined) throw new PlatformError(`the integration has no ${places}`)

  const { origin, pathname } = toUrl(value, places)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** Parses a URL that a user wrote. @throws PlatformError unless it is an http or https URL without user and password. */
export function toUrl(text: string, place: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isUsable = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (isUsable) return url
  throw new PlatformError(`${place} must be an http or https URL without user and password`)
}

/** Parses the port of a mail server. @throws PlatformError if it is not a port. */
export function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text)
  throw new PlatformError('`smtp_port` of the credentials must be a number from 1 to 65535')
}
