import type { Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { type VerifyOptions, verifyContract } from '../../src/verify.ts'

// Backends whose every reply is spoilt in one way: each case that looks at it has to say so, in words of its own.

interface Garbled {
  readonly name: string
  readonly generation: Generation
  /** What becomes of a value in a body; `key` is the name it stands under. */
  readonly value?: (value: unknown, key: string) => unknown
  /** What becomes of a whole body. */
  readonly body?: (body: unknown) => unknown
  readonly header?: (headers: Headers, name: string) => void
  /** What every reply says as well. */
  readonly says?: Readonly<Record<string, string>>
  /** Default: full. */
  readonly mode?: VerifyOptions['mode']
  /** Only these replies; else all. */
  readonly of?: 'reads' | 'writes' | 'refusals'
  /** Some of the cases that find it. */
  readonly found: readonly string[]
}

const CANARY = 'what somebody wrote, 4711'
const HANDLES = ['id', 'name', 'title']

const isText = (value: unknown): value is string => typeof value === 'string'
const reversed = (value: unknown): unknown => (Array.isArray(value) ? [...value, ...value].toReversed() : value)
const emptied = (value: unknown): unknown => (Array.isArray(value) ? [] : value)
const others = (value: unknown, key: string): unknown => (isText(value) && !HANDLES.includes(key) ? CANARY : value)

let count = 0
const next = (): number => {
  count += 1
  return count
}

let now = Date.UTC(2025, 8, 6)
const earlier = (): string => {
  now -= 1000
  return new Date(now).toISOString()
}
const long = (value: unknown): unknown => (Array.isArray(value) ? Array.from({ length: 101 }, () => value[0]) : value)
const nothing = (value: unknown, key: string): unknown => (HANDLES.includes(key) || isJsonObject(value) ? value : null)

const garbled: readonly Garbled[] = [
  {
    name: 'texts are others',
    generation: 'transitional',
    value: others,
    found: ['refusals/items', 'replies/ids', 'replies/times', 'auth-types/basic'],
  },
  {
    name: 'texts of reads are others',
    generation: 'legacy',
    of: 'reads',
    value: (value, key) => (isText(value) && key !== 'id' ? CANARY : value),
    found: ['replies/tickets.listAttachments', 'integrations.list/sorted-by-name', 'tickets.list/sorted-by-title'],
  },
  {
    name: 'texts of refusals are others',
    generation: 'current',
    of: 'refusals',
    value: (value) => (isText(value) ? CANARY : value),
    found: ['refusals/form', 'integrations.delete/unknown-id', 'integrations.fields/not-supported'],
  },
  {
    name: 'numbers are others',
    generation: 'current',
    value: (value) => (typeof value === 'number' ? value + 1000 : value),
    found: ['tickets.create/counts-within-the-hour', 'tickets.stats/sums', 'integrations/rates'],
  },
  {
    name: 'flags are turned round',
    generation: 'transitional',
    value: (value) => (typeof value === 'boolean' ? !value : value),
    found: ['integrations/status-and-enabled', 'integrations.sync/dry', 'status/there-and-back'],
  },
  {
    name: 'values are null',
    generation: 'transitional',
    value: nothing,
    found: ['replies/integrations.list', 'replies/tickets.stats', 'tickets.list/by-assigned_to_id'],
  },
  {
    name: 'values of writes are null',
    generation: 'current',
    of: 'writes',
    value: nothing,
    found: ['integrations.create/credentials-are-noted', 'integrations.delete/gone', 'replies/integrations.sync'],
  },
  {
    name: 'what is made has no id',
    generation: 'current',
    of: 'writes',
    value: (value, key) => (key === 'id' ? undefined : value),
    found: ['replies/integrations.create', 'replies/tickets.create'],
  },
  {
    name: 'an integration that is on is called inactive',
    generation: 'current',
    value: (value, key) => (key === 'status' && value === 'active' ? 'inactive' : value),
    found: ['integrations/status-and-enabled', 'status/there-and-back', 'integrations.update/generated'],
  },
  {
    name: 'objects have an id and nothing else',
    generation: 'current',
    body: (body) => (isJsonObject(body) ? { id: body['id'] } : body),
    found: ['integrations.setStatus/no-reason', 'replies/integrations.retrieve', 'tickets.list/by-escalation_level-1'],
  },
  {
    name: 'lists are empty',
    generation: 'legacy',
    value: emptied,
    body: emptied,
    found: ['integrations.list/default-order', 'integrations.list/booleans', 'integrations.list/by-name'],
  },
  {
    name: 'lists have each row twice, the last one first',
    generation: 'transitional',
    value: reversed,
    body: reversed,
    found: [
      'integrations.list/sorted-by-created_at',
      'tickets.list/sorted-by-status',
      'integrations.list/default-order',
    ],
  },
  {
    name: 'refusals say no',
    generation: 'transitional',
    of: 'refusals',
    body: () => ({ detail: 'no' }),
    found: ['integrations.activate/unknown-id', 'integrations.create/kinds', 'integrations.create/media-type'],
  },
  {
    name: 'refusals are empty lists',
    generation: 'legacy',
    of: 'refusals',
    body: () => ({ detail: [] }),
    found: ['integrations.activate/deleted', 'integrations.create/blank', 'integrations.delete/deleted'],
  },
  {
    name: 'headers are missing',
    generation: 'transitional',
    header: (headers, name) => headers.delete(name),
    found: ['headers/request-id', 'versions/create-and-read', 'headers/etag', 'requests/slash'],
  },
  {
    name: 'headers are others',
    generation: 'transitional',
    header: (headers, name) => headers.set(name, 'others'),
    found: ['headers/api-capabilities', 'headers/api-generation', 'integrations.list/cursor'],
  },
  {
    name: 'no body is one',
    generation: 'current',
    body: (body) => body ?? { message: CANARY },
    found: ['replies/json', 'tickets.delete/gone', 'tickets.delete/if-match'],
  },
  {
    name: 'refusals are about something else',
    generation: 'transitional',
    of: 'refusals',
    value: (value, key) => (key === 'loc' && Array.isArray(value) ? ['body', 'another'] : value),
    found: ['integrations.sync/words', 'integrations.create/blank', 'integrations.create/exact-case'],
  },
  {
    name: 'every refusal has a suggestion',
    generation: 'current',
    of: 'refusals',
    value: (value, key) =>
      key === 'detail' && Array.isArray(value) ? value.map((issue) => ({ ...issue, replacement: 'jira' })) : value,
    found: ['integrations.create/far-platform'],
  },
  {
    name: 'refusals name the first fault only',
    generation: 'transitional',
    of: 'refusals',
    value: (value, key) => (key === 'detail' && Array.isArray(value) ? value.slice(0, 1) : value),
    found: ['requests/all-faults', 'integrations.sync/words'],
  },
  {
    name: 'each reply says an earlier time than the one before',
    generation: 'current',
    value: (value, key) => (key === 'updated_at' ? earlier() : value),
    found: ['integrations.update/moves-updated-at', 'tickets.update/times', 'tickets.replace/times'],
  },
  {
    name: 'each reply has a number of its own',
    generation: 'transitional',
    body: (body) => (isJsonObject(body) ? { ...body, number: next() } : body),
    found: ['tickets.create/repeated', 'repeats/both-spellings'],
  },
  {
    name: 'lists have 101 rows, all of them the first one',
    generation: 'current',
    of: 'reads',
    value: long,
    body: long,
    found: ['tickets.list/size-limits', 'integrations.list/size-limits'],
  },
  {
    name: 'each reply speaks of deprecations and preferences',
    generation: 'current',
    says: { Deprecation: '@1757116800', 'Preference-Applied': 'handling=strict' },
    found: ['headers/no-deprecations'],
  },
  {
    name: 'each reply claims filters that legacy does not have',
    generation: 'legacy',
    says: { 'API-Capabilities': 'platform-filter' },
    found: ['headers/api-capabilities'],
  },
  {
    name: 'each reply has rows to follow and a limit of many',
    generation: 'transitional',
    says: { Link: '<https://tickets.example.test/next>; rel="next"', 'X-RateLimit-Limit': 'many' },
    found: ['headers/rate-limits', 'tickets.list/pages', 'integrations.list/both-links'],
  },
  {
    name: 'nobody says that strict reading was done',
    generation: 'transitional',
    mode: 'strict',
    header: (headers, name) => name === 'preference-applied' && headers.delete(name),
    found: ['headers/preference-applied'],
  },
]

test.each(garbled)('$name: a $generation backend breaks the contract', { timeout: 60_000 }, async (how) => {
  const api = createTestApi({ generation: how.generation })
  const { generation, mode = 'full' } = how
  const options = { baseUrl: api.baseUrl, token: api.token, generation, mode, seed: 1 }

  const { outcome, results } = await verifyContract({ ...options, fetch: garbling(api.fetch, how) })

  const failed = results.filter((result) => result.outcome === 'failed')
  expect(outcome).toBe('failed')
  expect(failed.map(({ id }) => id)).toEqual(expect.arrayContaining([...how.found]))
  expect(failed.filter(({ expected, actual, rerunCommand }) => !expected || !actual || !rerunCommand)).toEqual([])
  // What people wrote stays in the replies.
  expect(JSON.stringify(results)).not.toContain(CANARY)
})

test('everybody sees the rows of all organizations: the backend breaks the contract', { timeout: 60_000 }, async () => {
  const api = createTestApi({ generation: 'current' })
  const { baseUrl, token } = api
  const otherTenantToken = 'token-of-agent-2'
  const asOne: Fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    if (headers.get('Authorization') === `Bearer ${otherTenantToken}`) headers.set('Authorization', `Bearer ${token}`)
    return api.fetch(input, { ...init, headers })
  }

  const report = await verifyContract({ baseUrl, token, otherTenantToken, mode: 'full', fetch: asOne })

  const failed = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
  expect(failed).toEqual([
    'integrations.retrieve/other-organization',
    'integrations.update/other-organization',
    'integrations.delete/other-organization',
    'integrations.setStatus/other-organization',
    'integrations.test/other-organization',
    'integrations.sync/other-organization',
    'integrations.activate/other-organization',
    'integrations.fields/other-organization',
    'tickets.retrieve/other-organization',
    'tickets.replace/other-organization',
    'tickets.update/other-organization',
    'tickets.delete/other-organization',
    'tickets.addAttachments/other-organization',
    'tickets.listAttachments/other-organization',
    'integrations.list/other-organization',
    'tickets.list/other-organization',
    'tickets.create/other-organization',
    'tickets.create/key-of-other-organization',
  ])
})

function garbling(fetch: Fetch, { value, body = (known) => known, header, says = {}, of }: Garbled): Fetch {
  return async (input, init) => {
    const reply = await fetch(input, init)
    const text = await reply.text()
    if (of !== undefined && of !== kindOf(reply, init)) return new Response(text === '' ? null : text, reply)

    const headers = new Headers(reply.headers)
    for (const [name] of reply.headers) if (name !== 'content-type') header?.(headers, name)
    for (const [name, text] of Object.entries(says)) headers.set(name, text)
    const changed = walk(body(text === '' ? undefined : JSON.parse(text)), value)
    const status = reply.status === 204 && changed !== undefined ? 200 : reply.status
    return new Response(changed === undefined ? null : JSON.stringify(changed), { status, headers })
  }
}

function kindOf({ status }: Response, { method }: RequestInit = {}): Garbled['of'] {
  if (status >= 400) return 'refusals'
  return method === 'GET' ? 'reads' : 'writes'
}

/** All values below, each changed before what is in it; a list's items are values of its key. */
function walk(at: unknown, value: Garbled['value'], key?: string): unknown {
  const changed: unknown = key === undefined || value === undefined ? at : value(at, key)
  if (Array.isArray(changed))
    return changed.map((item: unknown) => walk(item, value, isJsonObject(item) ? undefined : key))
  if (!isJsonObject(changed)) return changed
  return Object.fromEntries(Object.entries(changed).map(([name, inner]) => [name, walk(inner, value, name)]))
}
