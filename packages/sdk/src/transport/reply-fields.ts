import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'

/** The facts of a reply that do not depend on what was asked. */
export interface ReplyFacts {
  readonly status: number
  /** Its JSON; empty when it is none. */
  readonly body: JsonObject
}

/** The object in a text; an empty one when there is none. */
export function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** The text under a key of its own. */
export const wordIn = (body: JsonObject, key: string): string | undefined => {
  const value = Object.hasOwn(body, key) ? body[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/**
 * Seconds to wait: as a number or as a date in the header; the existing backend says it in the body as well, which
 * browsers can read.
 */
export function retryAfterOf(headers: Headers, body: JsonObject): number | undefined {
  return inHeader(headers.get('Retry-After') ?? '') ?? inBody(body['retry_after'])
}

function inHeader(text: string): number | undefined {
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text)
  // What has no month in it is no date, though some platforms find one.
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}

const inBody = (value: unknown): number | undefined => (typeof value === 'number' && value >= 0 ? value : undefined)
