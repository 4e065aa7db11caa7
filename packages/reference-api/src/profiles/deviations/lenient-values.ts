import type { JsonObject } from '@ai-ticket-creator/domain'
import { ALL, type Row } from '../hooks.ts'
import { toLenientBoolean } from '../lenient-boolean.ts'

/** Values that are converted before they are validated. */
export const lenientValues: readonly Row[] = [
  {
    id: 'numbers-and-booleans-as-text',
    profiles: ALL,
    source: 'how-requests-are-read',
    assumed: true,
    summary:
      'In a body a number may be a text or a boolean (`"5"`, `true`), and a boolean may be `"yes"`, `"no"`, `"on"`, `"off"`, `1` or `0`.',
    body: (fields) => convert(fields, [...NUMBERS.map(toNumber), ...BOOLEANS.map(toBoolean)]),
  },
  {
    id: 'dates-as-times',
    profiles: ALL,
    source: 'ids-and-times',
    assumed: true,
    summary: 'A time in a filter may be a date without a time: it is midnight in UTC.',
    query: (pairs) =>
      pairs.map(([name, value]) =>
        TIMES.includes(name) && /^\d{4}-\d\d-\d\d$/.test(value) ? [name, `${value}T00:00:00Z`] : [name, value],
      ),
  },
  {
    id: 'other-forms-of-ids',
    profiles: ALL,
    source: 'ids-and-times',
    assumed: true,
    summary: 'An id may be without hyphens, or in braces, in a path, a query and a body.',
    pathParam: toHyphenated,
    query: (pairs) => pairs.map(([name, value]) => [name, IDS.includes(name) ? toHyphenated(value) : value]),
    body: (fields) => convert(fields, IDS.map(toId)),
  },
]

const NUMBERS = ['default_priority', 'sync_frequency_minutes', 'rate_limit_per_hour']
const BOOLEANS = ['enabled', 'sync_enabled', 'create_externally', 'auto_activate_on_success', 'dry_run']
const TIMES = [
  'created_after',
  'created_before',
  'updated_after',
  'updated_before',
  'resolved_after',
  'resolved_before',
]
const IDS = ['integration_id', 'assigned_to_id', 'created_by_id']

type Conversion = readonly [name: string, convert: (value: unknown) => unknown]

/** Converts the values of some fields. Absent fields stay absent, and the order of the fields does not change. */
function convert(fields: JsonObject, conversions: readonly Conversion[]): JsonObject {
  const table = new Map(conversions)
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, table.get(name)?.(value) ?? value]))
}

const toNumber = (name: string): Conversion => [
  name,
  (value) => {
    if (typeof value === 'boolean') return Number(value)
    return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value
  },
]

const toBoolean = (name: string): Conversion => [name, (value) => toLenientBoolean(value) ?? value]

const toId = (name: string): Conversion => [name, (value) => (typeof value === 'string' ? toHyphenated(value) : value)]

function toHyphenated(text: string): string {
  const [, ...groups] =
    /^\{?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})\}?$/i.exec(text) ?? []
  return groups.length === 0 ? text : groups.join('-')
}
