import type { JsonObject } from '@ai-ticket-creator/domain'
import type { Expect } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { MOVED_BY_CHECKS, RETIRED_NAMES } from './index.ts'

export function shown(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'webhook_secret'))
}
export function nulls(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null]))
}
/** A value that no row of ours has in a field that can not be changed. */

export function otherValue(field: string): unknown {
  return {
    id: 'f0000000-0000-4000-8000-00000000beef',
    created_at: '2001-01-01T00:00:00.000000Z',
    integration_category: 'crm',
    platform_name: 'slack',
    auth_type: 'basic',
    status: 'suspended',
    urgency: 'critical',
    integration_id: 'f0000000-0000-4000-8000-00000000beef',
  }[field]
}
/** A point in time that is not before another one. */

export function notBefore(field: string, earlier: unknown): NonNullable<Expect['holds']> {
  return ({ fields }) =>
    String(fields[field]) >= String(earlier)
      ? undefined
      : { expected: `\`${field}\`: not before it was`, actual: 'an earlier time' }
}
/** A list that shows so many rows. */
export function showsRows(count: number): Expect {
  return {
    holds: ({ current }) => {
      const rows = Array.isArray(current) ? current.length : undefined
      return rows === count ? undefined : { expected: `${count} rows`, actual: `${rows ?? 'no list of'} rows` }
    },
  }
}
export function showsNothingOf(tag: string): Expect {
  return {
    holds: ({ text }) => (text.includes(tag) ? { expected: 'no row of this case', actual: 'one' } : undefined),
  }
}
/** The fields of a row that nothing moves by itself. */
export function settled(row: JsonObject): JsonObject {
  const moving = [...MOVED_BY_CHECKS, 'updated_at']
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !moving.includes(name) && !RETIRED_NAMES.includes(name)),
  )
}
export function freshHealth({ fields }: Reply): ReturnType<NonNullable<Expect['holds']>> {
  const usage = fields['usage_stats'] as JsonObject | undefined
  const unused = ['total_requests', 'successful_requests', 'failed_requests'].every((name) => usage?.[name] === 0)
  return unused ? undefined : { expected: 'no requests counted yet', actual: 'some' }
}
export function testDetails(types: readonly string[]): NonNullable<Expect['holds']> {
  return ({ fields }) => {
    const details = (fields['details'] ?? {}) as Readonly<Record<string, JsonObject>>
    const told = types.every((type) => typeof details[type]?.['success'] === 'boolean')
    const all = Object.values(details).every(({ success }) => success === true)
    const fits = told && Object.keys(details).length === types.length && fields['success'] === all
    const quiet = (fields['error_message'] === null) === all
    return fits && quiet
      ? undefined
      : { expected: `details of ${types.join(', ')}, and what they come to`, actual: 'others' }
  }
}
export function fieldsFit({ fields, ask }: Reply): ReturnType<NonNullable<Expect['holds']>> {
  const list = (fields['fields'] ?? []) as readonly JsonObject[]
  const { field_type: type, search } = ask.query ?? {}
  const fits = list.every(
    ({ custom, name }) =>
      (type === undefined || (custom === true) === (type === 'custom')) &&
      (typeof search !== 'string' || String(name).toLowerCase().includes(search.toLowerCase())),
  )
  return fits && list.length > 0 && fields['total_fields'] === list.length
    ? undefined
    : { expected: 'the fields that were asked for, and their number', actual: `${list.length} fields` }
}
export function errorIsNoted(fields: JsonObject, noted: boolean): ReturnType<NonNullable<Expect['holds']>> {
  const usage = fields['usage_stats'] as JsonObject | undefined
  const at = usage?.['last_error_at']
  return (noted ? typeof at === 'string' : at === null)
    ? undefined
    : {
        expected: `\`usage_stats.last_error_at\`: ${noted ? 'when it was disabled' : 'null'}`,
        actual: 'something else',
      }
}
