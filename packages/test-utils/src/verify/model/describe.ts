import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, isUuid } from '@ai-ticket-creator/domain/internal'
import type { Reply } from './observed-reply.ts'

const MAX_LENGTH = 80

/** Formats a value for a report: the value if it is short and `show` is true, else its type and length. */
export function describe(value: unknown, show = true): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'boolean' || (show && typeof value === 'number')) return String(value)
  if (typeof value === 'number') return 'a number'
  if (typeof value === 'string') return describeShort(value, show, `a string of ${[...value].length} characters`)
  if (Array.isArray(value)) return describeShort(value, show, `a list of ${value.length}`)
  return describeShort(value, show, 'an object')
}

function describeShort(value: unknown, show: boolean, type: string): string {
  const text = JSON.stringify(value)
  return show && text.length <= MAX_LENGTH ? text : type
}

/**
 * Formats a value that the backend sent. A string is shown only if it looks like an enum value, an id or a time, because a
 * faulty backend may send personal data of other users.
 */
export function describeObserved(value: unknown, show = true): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isJsonObject(value)) return 'an object'
  return describe(value, show && (typeof value !== 'string' || isImpersonal(value)))
}

const isImpersonal = (text: string): boolean => isUuid(text) || /^(?:[a-z_]{1,40}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/.test(text)

/** Method, path and the names of the query parameters: no values. */
export const describeRequest = ({ method, path, request }: Pick<Reply, 'method' | 'path' | 'request'>): string => {
  const names = Object.keys(request.query ?? {})
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/** Status, code, and the codes of the issues with their locations. */
export function describeAnswer({ status, json }: Pick<Reply, 'status' | 'json'>): string {
  if (!isJsonObject(json) || status < 400) return String(status)
  const issues = issuesOf(json).map(({ code, loc }) => `${describeCode(code)} at ${locationOf(loc)}`)
  const shown = issues.length === 0 ? [] : [`(${issues.slice(0, 3).join(', ')})`]
  return [status, describeCode(json['code']), ...shown].join(' ')
}

// A faulty backend may send user text in place of a code.
const describeCode = (code: unknown): string =>
  typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? `\`${code}\`` : 'without a code'

/** The issues of a 422. */
export function issuesOf(json: unknown): readonly JsonObject[] {
  const detail = isJsonObject(json) ? json['detail'] : undefined
  return Array.isArray(detail) ? detail.filter(isJsonObject) : []
}

/** The location of an issue: `body.attachments.0.file_id`. A faulty backend may send user text in place of a name. */
export const locationOf = (loc: unknown): string =>
  Array.isArray(loc) && loc.every((key) => /^[\w.-]{1,64}$/.test(String(key))) ? loc.join('.') : 'an unknown location'
