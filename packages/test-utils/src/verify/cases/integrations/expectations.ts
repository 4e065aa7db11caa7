import { changes, type JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check, Expect } from '../../model/case.ts'
import { describe } from '../../model/describe.ts'
import { normalizeTime } from '../../model/times.ts'

/** Fields that a health check after a change may have changed. */
export const MAINTAINED_BY_CHECKS: readonly string[] = [
  'health_info',
  'usage_stats',
  'is_healthy',
  'consecutive_failures',
  'status',
  'enabled',
]

// `status` is retired only in the body of `integrations.setStatus`; an integration still has it.
const RETIRED_NAMES = changes.flatMap(({ retired }) => Object.keys(retired)).filter((name) => name !== 'status')

/** The fields of a row that only a caller changes. */
export function stableFields(row: JsonObject): JsonObject {
  const maintained = [...MAINTAINED_BY_CHECKS, 'updated_at', ...RETIRED_NAMES]
  return Object.fromEntries(Object.entries(row).filter(([name]) => !maintained.includes(name)))
}

/** A valid value of a read-only field that differs from that of all test data. */
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

/** Checks that `Ignored-Fields` names the fields of the request. */
export const checkIgnoredFields: Check = ({ headers, request }) => {
  const expected = isJsonObject(request.body) ? Object.keys(request.body).join(', ') : ''
  const actual = headers.get('Ignored-Fields') ?? undefined
  return actual === expected ? undefined : { expected: `\`Ignored-Fields\`: ${expected}`, actual: describe(actual) }
}

export function checkNotBefore(field: string, earlier: unknown): Check {
  return ({ fields }) =>
    String(normalizeTime(fields[field])) >= String(normalizeTime(earlier))
      ? undefined
      : { expected: `\`${field}\`: not earlier than before`, actual: 'an earlier time' }
}

/** A list with `count` rows. */
export function expectRowCount(count: number): Expect {
  return {
    check: ({ current }) => {
      const rows = Array.isArray(current) ? current.length : undefined
      return rows === count
        ? undefined
        : { expected: `${count} rows`, actual: rows === undefined ? 'no list' : `${rows} rows` }
    },
  }
}

export function expectNoRowOf(tag: string): Expect {
  return {
    check: ({ text }) =>
      text.includes(tag) ? { expected: 'no row of this case', actual: 'a row of this case' } : undefined,
  }
}

/** Checks that no request to the platform is counted yet. */
export const checkUnusedCounters: Check = ({ fields }) => {
  const usage = objectIn(fields, 'usage_stats')
  const unused = ['total_requests', 'successful_requests', 'failed_requests'].every((name) => usage[name] === 0)
  return unused ? undefined : { expected: 'counters at 0', actual: 'other counters' }
}

/** Checks that the reply to a test has a result for each of these types, and a total result that follows from them. */
export function checkTestDetails(types: readonly string[]): Check {
  return ({ fields }) => {
    const details = objectIn(fields, 'details')
    const results = types.map((type) => objectIn(details, type)['success'])
    const passed = results.every((success) => success === true)
    const isComplete =
      results.every((success) => typeof success === 'boolean') && Object.keys(details).length === types.length
    return isComplete && fields['success'] === passed && (fields['error_message'] === null) === passed
      ? undefined
      : { expected: `details of ${types.join(', ')}, and a total result that follows`, actual: 'other details' }
  }
}

/** Checks the fields of a platform against the filters of the request. */
export const checkPlatformFields: Check = ({ fields, request }) => {
  const list = Array.isArray(fields['fields']) ? fields['fields'].filter(isJsonObject) : []
  const { field_type: type, search } = request.query ?? {}
  const match = list.every(
    ({ custom, name }) =>
      (type === undefined || (custom === true) === (type === 'custom')) &&
      (typeof search !== 'string' || String(name).toLowerCase().includes(search.toLowerCase())),
  )
  return match && list.length > 0 && fields['total_fields'] === list.length
    ? undefined
    : { expected: 'the requested fields and their number', actual: `${list.length} fields` }
}

/** Checks whether the integration has a last error. */
export function checkLastError(hasError: boolean): Check {
  return ({ fields }) => {
    const at = objectIn(fields, 'usage_stats')['last_error_at']
    return (hasError ? typeof at === 'string' : at === null)
      ? undefined
      : {
          expected: `\`usage_stats.last_error_at\`: ${hasError ? 'the time of disabling' : 'null'}`,
          actual: 'another value',
        }
  }
}

const objectIn = (fields: JsonObject, name: string): JsonObject => {
  const value = fields[name]
  return isJsonObject(value) ? value : {}
}
