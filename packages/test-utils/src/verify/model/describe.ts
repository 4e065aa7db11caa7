import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Reply } from './observed-reply.ts'

/** A value, or what kind of value it is when it is not ours to show, or long. */
export function describe(value: unknown, show = true): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'boolean' || (show && typeof value === 'number')) return String(value)
  if (typeof value === 'number') return 'a number'
  if (typeof value === 'string') {
    const text = JSON.stringify(value)
    return show && text.length <= 80 ? text : `a text of ${[...value].length} characters`
  }
  if (Array.isArray(value)) return sayShort(value, show, `a list of ${value.length}`)
  return sayShort(value, show, 'an object')
}

function sayShort(value: unknown, show: boolean, kind: string): string {
  const text = JSON.stringify(value)
  return show && text.length <= 80 ? text : kind
}

/**
 * A value that a body shows, as far as it can be nobody's secret: a word of a vocabulary, an id, a time, a number, a flag.
 * A backend that mixes rows up may show what others wrote.
 */
export function describeShown(value: unknown, show = true): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isJsonObject(value)) return 'an object'
  return describe(value, show && (typeof value !== 'string' || IMPERSONAL.test(value)))
}

const IMPERSONAL = /^(?:[a-z_]{1,40}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/

/** The request of a reply as its first line, with names in place of values. */
export const describeRequest = ({ method, path, ask }: Pick<Reply, 'method' | 'path' | 'ask'>): string => {
  const names = Object.keys(ask.query ?? {})
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/** The answer of a reply: its status, its code, and the codes that stand at fields. */
export function describeAnswer({ status, json }: Pick<Reply, 'status' | 'json'>): string {
  if (!isJsonObject(json) || status < 400) return String(status)
  const { code } = json
  const items = itemsOf(json).map(({ code: word, loc }) => `${wordOf(word)} at ${placeOf(loc)}`)
  return [status, wordOf(code), ...(items.length === 0 ? [] : [`(${items.slice(0, 3).join(', ')})`])].join(' ')
}

// A code is a word of a closed vocabulary; whatever else stands there is not ours to show.
const wordOf = (code: unknown): string =>
  typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? `\`${code}\`` : 'without a code'

/** The faults of a 422, one by one. */
export function itemsOf(json: unknown): readonly JsonObject[] {
  const detail = isJsonObject(json) ? json['detail'] : undefined
  return Array.isArray(detail) ? detail.filter(isJsonObject) : []
}

/** Where a fault stands: `body.attachments.0.file_id`. */
export const placeOf = (loc: unknown): string =>
  Array.isArray(loc) && loc.every((key) => /^[\w.-]{1,64}$/.test(String(key))) ? loc.join('.') : 'an unknown place'
