import { createHmac } from 'node:crypto'
import { type IntegrationValues, toUrl } from './integration-values.ts'
import type { PlatformRequest } from './send.ts'

export const toGet = (url: string, authorization: string): PlatformRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: { authorization },
})

export const toPost = (url: string, authorization: string): PlatformRequest => ({
  ...toGet(url, authorization),
  method: 'POST',
})

/** A POST of form fields, such as a request for an access token (RFC 6749). */
export const toFormPost = (
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: PlatformRequest['headers'] = {},
): PlatformRequest => ({
  method: 'POST',
  url: new URL(url),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
})

export const toJsonPost = (url: string, body: object, authorization: string): PlatformRequest => ({
  method: 'POST',
  url: new URL(url),
  headers: { 'content-type': 'application/json', authorization },
  body: JSON.stringify(body),
})

export const basicAuthorization = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

export const bearerAuthorization = (token: string): string => `Bearer ${token}`

/** The request of a notification. With a webhook secret it is signed as Standard Webhooks describes. */
export function toNotification(
  { authType, webhookSecret, credential, seconds, id }: IntegrationValues,
  type: string,
  data: object,
): PlatformRequest {
  const body = JSON.stringify({ type, timestamp: new Date(seconds * 1000).toISOString(), data })
  const signed = `${id}.${seconds}.${body}`
  return {
    method: 'POST',
    url: toUrl(credential('url'), '`url` of the credentials'),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      ...(webhookSecret !== null && { 'webhook-signature': `v1,${sign(webhookSecret, signed)}` }),
      ...(authType === 'bearer' && { authorization: bearerAuthorization(credential('token')) }),
      ...(authType === 'basic' && {
        authorization: basicAuthorization(credential('username'), credential('password')),
      }),
    },
    body,
  }
}

/** The part after `whsec_` is base64. A secret without this prefix is used as text. */
function sign(secret: string, text: string): string {
  const bytes = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : secret
  return createHmac('sha256', bytes).update(text).digest('base64')
}

const PREFIX = 'whsec_'
