import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseHttpDate } from '../core/http-date.ts'
import type { Secrets } from '../errors/redact.ts'

/** The JSON object in a text; an empty one if it is not a JSON object. */
export function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** The string under an own key. */
export const stringIn = (body: JsonObject, key: string): string | undefined => {
  const value = Object.hasOwn(body, key) ? body[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/**
 * Seconds to wait: from the header, as a number or a date, or from the body. The existing backend sends both, and
 * browsers can read only the body.
 */
export const retryAfterOf = (headers: Headers, body: JsonObject): number | undefined =>
  secondsInHeader(headers.get('Retry-After') ?? '') ?? secondsInBody(body['retry_after'])

function secondsInHeader(text: string): number | undefined {
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text)
  const date = parseHttpDate(text)
  return date === undefined ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}

const secondsInBody = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 ? value : undefined

/** The id of the row that a create created. Errors contain it, so that the caller does not create the row again. */
export function createdIn(endpointId: EndpointId | undefined, data: unknown, secrets: Secrets): string | undefined {
  if (endpointId?.includes('.create') !== true) return undefined
  const id = entitiesIn(endpointId, data)?.[0]?.['id']
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && secrets.hide(id) === id ? id : undefined
}
