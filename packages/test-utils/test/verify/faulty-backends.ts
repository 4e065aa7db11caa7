import type { Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Fetch } from '../../src/core/fetch.ts'
import type { VerifyOptions } from '../../src/verify/engine/options.ts'

/** A backend with one systematic fault in its replies. */
export interface FaultyBackend {
  readonly name: string
  readonly generation: Generation
  /** Replaces a value in a body; `key` is its field. */
  readonly value?: (value: unknown, key: string) => unknown
  /** Replaces a whole body. */
  readonly body?: (body: unknown) => unknown
  readonly header?: (headers: Headers, name: string) => void
  readonly addedHeaders?: Readonly<Record<string, string>>
  /** Default: full. */
  readonly mode?: VerifyOptions['mode']
  /** Default: all replies. */
  readonly replies?: 'reads' | 'writes' | 'refusals'
  /** The fault shows only beside the rows of other cases. */
  readonly needsAllCases?: true
  /** Some of the cases and invariants that must fail. */
  readonly failing: readonly string[]
}

/** User text that no report may contain. */
export const CANARY = 'what somebody wrote, 4711'
const HANDLES = ['id', 'name', 'title']

const isString = (value: unknown): value is string => typeof value === 'string'
const doubleAndReverse = (value: unknown): unknown => (Array.isArray(value) ? [...value, ...value].toReversed() : value)
const empty = (value: unknown): unknown => (Array.isArray(value) ? [] : value)
const replaceString = (value: unknown, key: string): unknown =>
  isString(value) && !HANDLES.includes(key) ? CANARY : value

let count = 0
const nextNumber = (): number => {
  count += 1
  return count
}

let now = Date.UTC(2025, 8, 6)
const earlierTime = (): string => {
  now -= 1000
  return new Date(now).toISOString()
}
const repeatFirst = (value: unknown): unknown =>
  Array.isArray(value) ? Array.from({ length: 101 }, () => value[0]) : value
const toNull = (value: unknown, key: string): unknown => (HANDLES.includes(key) || isJsonObject(value) ? value : null)

export const faultyBackends: readonly FaultyBackend[] = [
  {
    name: 'every string is another',
    generation: 'transitional',
    value: replaceString,
    failing: ['refusals/issues', 'replies/ids', 'replies/times', 'auth-types/basic'],
  },
  {
    name: 'every string of a GET is another',
    generation: 'legacy',
    replies: 'reads',
    value: (value, key) => (isString(value) && key !== 'id' ? CANARY : value),
    failing: ['replies/tickets.listAttachments', 'integrations.list/sorted-by-name', 'tickets.list/sorted-by-title'],
  },
  {
    name: 'every string of a refusal is another',
    generation: 'current',
    replies: 'refusals',
    value: (value) => (isString(value) ? CANARY : value),
    failing: [
      'refusals/problem',
      'requests/all-issues',
      'integrations.delete/unknown-id',
      'integrations.fields/not-supported',
    ],
  },
  {
    name: 'every number is another',
    generation: 'current',
    value: (value) => (typeof value === 'number' ? value + 1000 : value),
    failing: ['tickets.create/counts-within-the-hour', 'tickets.stats/sums', 'integrations/rates'],
  },
  {
    name: 'every boolean is negated',
    generation: 'transitional',
    value: (value) => (typeof value === 'boolean' ? !value : value),
    failing: [
      'integrations/status-and-enabled',
      'integrations.sync/dry-run',
      'status/disable-and-enable',
      'integrations.test/recorded',
      'status/disabled-with-credentials',
      'integrations.update/generated',
    ],
  },
  {
    name: 'every value is null',
    generation: 'transitional',
    value: toNull,
    failing: [
      'replies/integrations.list',
      'replies/tickets.stats',
      'tickets.list/by-assigned_to_id',
      'integrations.update/credentials-time-moves',
      'integrations.test/recorded',
      'integrations.update/credentials-updated-at',
      'integrations.update/generated',
      'integrations.delete/gone',
      'integrations.create/mappings',
      'status/disabled-with-credentials',
      'tickets.createWithAi/filed',
      'tickets.create/filed',
      'tickets.create/unusable-name',
      'tickets.create/attachments-once',
      'tickets.list/upper-case-ids',
      'tickets.stats/counts',
    ],
  },
  {
    name: 'every value of a write is null',
    generation: 'current',
    replies: 'writes',
    value: toNull,
    failing: ['integrations.create/credentials-updated-at', 'integrations.delete/gone', 'replies/integrations.sync'],
  },
  {
    name: 'created rows have no id',
    generation: 'current',
    replies: 'writes',
    value: (value, key) => (key === 'id' ? undefined : value),
    failing: [
      'replies/integrations.create',
      'replies/tickets.create',
      'tickets.stats/counts',
      'integrations.create/generated',
    ],
  },
  {
    name: 'active integrations are shown as inactive',
    generation: 'current',
    value: (value, key) => (key === 'status' && value === 'active' ? 'inactive' : value),
    failing: ['integrations/status-and-enabled', 'status/disable-and-enable', 'integrations.update/generated'],
  },
  {
    name: 'objects have only an id',
    generation: 'current',
    body: (body) => (isJsonObject(body) ? { id: body['id'] } : body),
    failing: [
      'integrations.setStatus/no-reason',
      'replies/integrations.retrieve',
      'tickets.list/by-escalation_level-1',
    ],
  },
  {
    name: 'lists are empty',
    generation: 'legacy',
    value: empty,
    body: empty,
    failing: ['integrations.list/default-order', 'integrations.list/booleans', 'integrations.list/by-name'],
  },
  {
    name: 'lists have each row twice, in reverse order',
    generation: 'transitional',
    value: doubleAndReverse,
    body: doubleAndReverse,
    failing: [
      'integrations.list/sorted-by-created_at',
      'tickets.list/sorted-by-status',
      'integrations.list/default-order',
    ],
  },
  {
    name: 'refusals have the detail `no` and no code',
    generation: 'transitional',
    replies: 'refusals',
    body: () => ({ detail: 'no' }),
    failing: ['integrations.activate/unknown-id', 'integrations.create/wrong-types', 'integrations.create/media-type'],
  },
  {
    name: 'refusals have an empty detail',
    generation: 'legacy',
    replies: 'refusals',
    body: () => ({ detail: [] }),
    failing: ['integrations.activate/deleted', 'integrations.create/blank', 'integrations.delete/deleted'],
  },
  {
    name: 'headers are missing',
    generation: 'transitional',
    header: (headers, name) => headers.delete(name),
    failing: ['headers/request-id', 'versions/create-and-read', 'headers/etag', 'requests/slash'],
  },
  {
    name: 'headers have other values',
    generation: 'transitional',
    header: (headers, name) => headers.set(name, 'others'),
    failing: ['headers/api-capabilities', 'headers/api-generation', 'integrations.list/cursor'],
  },
  {
    name: 'every ETag is the same',
    generation: 'current',
    header: (headers, name) => name === 'etag' && headers.set(name, '"1"'),
    failing: ['integrations.update/if-match', 'tickets.update/if-match'],
  },
  {
    name: 'every ETag is another',
    generation: 'transitional',
    header: (headers, name) => name === 'etag' && headers.set(name, `"${nextNumber()}"`),
    failing: ['integrations.update/if-match', 'versions/create-and-read', 'versions/counters-keep-etag'],
  },
  {
    name: 'empty replies have a body',
    generation: 'current',
    body: (body) => body ?? { message: CANARY },
    failing: ['replies/json', 'tickets.delete/gone', 'tickets.delete/if-match'],
  },
  {
    name: 'issues have another location',
    generation: 'transitional',
    replies: 'refusals',
    value: (value, key) => (key === 'loc' && Array.isArray(value) ? ['body', 'another'] : value),
    failing: [
      'integrations.sync/unknown-values',
      'integrations.create/blank',
      'integrations.create/exact-case',
      'requests/all-issues',
    ],
  },
  {
    name: 'every issue has a suggestion',
    generation: 'current',
    replies: 'refusals',
    value: (value, key) =>
      key === 'detail' && Array.isArray(value) ? value.map((issue) => ({ ...issue, replacement: 'jira' })) : value,
    failing: ['integrations.create/no-suggestion'],
  },
  {
    name: 'refusals have only the first issue',
    generation: 'transitional',
    replies: 'refusals',
    value: (value, key) => (key === 'detail' && Array.isArray(value) ? value.slice(0, 1) : value),
    failing: ['requests/all-issues', 'integrations.sync/unknown-values'],
  },
  {
    name: '`updated_at` goes back with each reply',
    generation: 'current',
    value: (value, key) => (key === 'updated_at' ? earlierTime() : value),
    failing: ['integrations.update/times', 'tickets.update/times', 'tickets.replace/times'],
  },
  {
    name: 'each reply is unique',
    generation: 'transitional',
    body: (body) => (isJsonObject(body) ? { ...body, number: nextNumber() } : body),
    failing: ['tickets.create/repeated', 'idempotency/both-spellings'],
  },
  {
    name: 'lists have 101 copies of their first row',
    generation: 'current',
    needsAllCases: true,
    replies: 'reads',
    value: repeatFirst,
    body: repeatFirst,
    failing: ['tickets.list/size-limits', 'integrations.list/size-limits'],
  },
  {
    name: 'each reply has deprecation headers',
    generation: 'current',
    addedHeaders: { Deprecation: '@1757116800', 'Preference-Applied': 'handling=strict' },
    failing: ['headers/no-deprecations'],
  },
  {
    name: 'each reply announces a capability that legacy does not have',
    generation: 'legacy',
    addedHeaders: { 'API-Capabilities': 'platform-filter' },
    failing: ['headers/api-capabilities'],
  },
  {
    name: 'each reply links a next page and has an invalid rate limit',
    generation: 'transitional',
    addedHeaders: { Link: '<https://tickets.example.test/next>; rel="next"', 'X-RateLimit-Limit': 'many' },
    failing: ['headers/rate-limits', 'tickets.list/pages', 'integrations.list/both-links'],
  },
  {
    name: 'new integrations have used counters',
    generation: 'current',
    value: (value, key) => (key === 'total_requests' ? 7 : value),
    failing: ['integrations.create/minimal'],
  },
  {
    name: 'a test of an integration has no details',
    generation: 'current',
    value: (value, key) => (key === 'details' ? {} : value),
    failing: ['integrations.test/default-types', 'integrations.test/types'],
  },
  {
    name: 'the fields of a platform are miscounted',
    generation: 'legacy',
    value: (value, key) => (key === 'total_fields' ? 99 : value),
    failing: ['integrations.fields/counts'],
  },
  {
    name: 'the last error is there exactly when there was none',
    generation: 'transitional',
    value: (value, key) => (key === 'last_error_at' ? (value === null ? '2025-09-06T00:00:00.000000Z' : null) : value),
    failing: ['integrations.setStatus/reason', 'integrations.setStatus/no-reason'],
  },
  {
    name: 'ignored fields are not named',
    generation: 'transitional',
    header: (headers, name) => name === 'ignored-fields' && headers.delete(name),
    failing: ['integrations.update/null-ignored', 'tickets.replace/null-ignored'],
  },
  {
    name: 'a deleted integration stays in the list',
    generation: 'current',
    replies: 'reads',
    body: (body) => (Array.isArray(body) ? [...body, { id: CANARY }] : body),
    failing: ['integrations.delete/gone'],
  },
  {
    name: 'a list of integrations is an object',
    generation: 'legacy',
    replies: 'reads',
    body: (body) => (Array.isArray(body) ? { rows: body } : body),
    failing: ['integrations.delete/gone', 'integrations.list/by-name'],
  },
  {
    name: 'a refused method does not list the others in `Allow`',
    generation: 'current',
    header: (headers, name) => name === 'allow' && headers.delete(name),
    failing: ['requests/methods-of.integrations.integration_id'],
  },
  {
    name: 'strict handling is not confirmed',
    generation: 'transitional',
    mode: 'strict',
    header: (headers, name) => name === 'preference-applied' && headers.delete(name),
    failing: ['headers/preference-applied'],
  },
]

/** A `fetch` that puts the fault into the replies of another one. */
export function withFault(fetch: Fetch, backend: FaultyBackend): Fetch {
  const { value, body = (original) => original, header, addedHeaders = {}, replies } = backend
  return async (input, init) => {
    const reply = await fetch(input, init)
    const text = await reply.text()
    if (replies !== undefined && replies !== kindOf(reply, init)) return new Response(text === '' ? null : text, reply)

    const headers = new Headers(reply.headers)
    for (const [name] of reply.headers) if (name !== 'content-type') header?.(headers, name)
    for (const [name, text] of Object.entries(addedHeaders)) headers.set(name, text)
    const changed = walk(body(text === '' ? undefined : JSON.parse(text)), value)
    const status = reply.status === 204 && changed !== undefined ? 200 : reply.status
    return new Response(changed === undefined ? null : JSON.stringify(changed), { status, headers })
  }
}

function kindOf({ status }: Response, { method }: RequestInit = {}): FaultyBackend['replies'] {
  if (status >= 400) return 'refusals'
  return method === 'GET' ? 'reads' : 'writes'
}

/** Replaces all values, outer ones first. Items of a list have the key of the list. */
function walk(at: unknown, value: FaultyBackend['value'], key?: string): unknown {
  const changed: unknown = key === undefined || value === undefined ? at : value(at, key)
  if (Array.isArray(changed))
    return changed.map((item: unknown) => walk(item, value, isJsonObject(item) ? undefined : key))
  if (!isJsonObject(changed)) return changed
  return Object.fromEntries(Object.entries(changed).map(([name, inner]) => [name, walk(inner, value, name)]))
}
