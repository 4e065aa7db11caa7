import {
  acceptedChangesOf,
  check,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  problems,
  wireSchema,
} from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { type Fields, fieldsOf } from './send.ts'

// Whatever is sent: no failure, and every refusal in the one form.

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2_147_483_647)
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 2000)
const perApp = 20

interface Fuzzed {
  readonly generation: Generation
  /** Undefined: the path and the method are made up. */
  readonly endpointId: EndpointId | undefined
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1, 1.5, 1e300, '', ' ', 'x', '0', [], {}, [null], [{}], { a: [1] }),
  fc.constantFrom('x'.repeat(600), '\ud800', '\u0000', '🐞', '__proto__', 'constructor', "'; --", '%', '<b>'),
  fc.constantFrom(rowId(1), rowId(1).toUpperCase(), rowId(99), '2025-09-06T12:00:00Z', '2025-02-30T00:00:00Z'),
  fc.jsonValue({ maxDepth: 3 }),
)

// biome-ignore format: a list of words
const words: fc.Arbitrary<unknown> = fc.constantFrom<unknown[]>(
  'jira', 'JIRA', 'slack', 'webhook', 'ticketing', 'crm', 'active', 'inactive', 'pending', 'api_key', 'basic',
  'Stored', 'Twin', 'Gone', 'open', 'high', 'bug', 'asc', 'desc', 'created_at', 'https://x.example.test',
  rowId(1), rowId(2), rowId(3), true, false, 10, ['a'], { email: 'a', api_token: 'b' }, [{ file_id: rowId(1) }],
)

/** Names that the endpoint knows, in old and new spelling, and some that it does not. */
function namesOf(endpointId: EndpointId | undefined, part: 'body' | 'query'): readonly string[] {
  const others = [
    'colour',
    '__proto__',
    'constructor',
    'id',
    'status',
    'limit',
    'enabledd',
    'organization_id',
    'version',
  ]
  if (endpointId === undefined) return others
  const { readOnly = [], [part]: schema } = endpointOf(endpointId)
  const shape = schema === undefined ? {} : (schema._zod.def as { shape?: object }).shape
  const old = acceptedChangesOf(endpointId, part).flatMap(({ retired }) => Object.keys(retired))
  return [...Object.keys(shape ?? {}), ...old, ...readOnly, ...others]
}

const sound: Partial<Record<EndpointId, readonly Fields[]>> = {
  'integrations.create': [
    { name: 'A', platform_name: 'jira' },
    { name: 'A', integration_type: 'slack', is_enabled: false },
    { name: 'A', platform_name: 'hubspot', credentials: { api_key: 'k' } },
  ],
  'integrations.update': [{ name: 'B' }, { enabled: false }, { is_enabled: true }],
  'integrations.setStatus': [{ enabled: true }, { status: 'inactive' }],
  'tickets.create': [
    { title: 'T', description: 'D' },
    { title: 'T', description: 'D', integration_id: rowId(1) },
    { title: 'T', description: 'D', integration_name: 'Stored' },
    { title: 'T', description: 'D', integration: 'Twin' },
  ],
  'tickets.createWithAi': [{ user_input: 'It is broken' }, { user_input: 'Help', integration_name: 'Stored' }],
  'tickets.replace': [{ title: 'U' }, { integration_id: rowId(1) }, { status: 'open', assigned_to_id: null }],
  'tickets.update': [{ tags: ['a', 'a'] }, { status: 'resolved', resolution_summary: 'Done' }, { due_date: null }],
  'tickets.setStatus': [{ status: 'open' }, { status: 'closed', resolution_summary: 'Done' }],
  'tickets.assign': [{ assigned_to_id: null, reason: 'away' }],
  'tickets.addAttachments': [{ attachments: [{ file_id: rowId(1) }] }],
  'integrations.test': [{}, { test_types: ['search'] }],
  'integrations.sync': [{ sync_type: 'full' }, { sync_type: 'test', dry_run: true }],
}

// Entries, not assignment: an own `__proto__` is one of the names.
const fields = (names: readonly string[]): fc.Arbitrary<Fields> =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), fc.oneof(words, junk)), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries))

const bodyOf = (endpointId: EndpointId | undefined): fc.Arbitrary<string | undefined> => {
  const bases = (endpointId === undefined ? undefined : sound[endpointId]) ?? [{}]
  const whole = fc.constantFrom(...bases).map((body) => JSON.stringify(body))
  const changed = fc
    .tuple(fc.constantFrom(...bases), fields(namesOf(endpointId, 'body')))
    .map(([base, extra]) => JSON.stringify(Object.fromEntries([...Object.entries(base), ...Object.entries(extra)])))
  const anything = fc.oneof(
    junk.map((value) => JSON.stringify(value)),
    fc.constantFrom('{', '', 'null', '[]', '{"a":1,}', '['.repeat(5000), '{"__proto__":{"x":1}}', '\ufeff{}'),
    fc.string(),
  )
  return fc.oneof(
    { weight: 3, arbitrary: whole },
    { weight: 6, arbitrary: changed },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const id = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(rowId(1), rowId(2), rowId(3), rowId(4), rowId(5)) },
  { weight: 2, arbitrary: fc.constantFrom(rowId(99), rowId(1).toUpperCase(), '7', '%00', '%E0%A4%A', '%2f') },
  // Neither half a character, which can not be encoded, nor a dot segment, which is another path.
  {
    weight: 1,
    arbitrary: fc
      .string({ minLength: 1 })
      .filter((text) => !/\p{Surrogate}|^\.\.?$/u.test(text))
      .map(encodeURIComponent),
  },
)

const headers = fc.record(
  {
    Authorization: fc.oneof(
      { weight: 12, arbitrary: fc.constant('Bearer test-token') },
      { weight: 1, arbitrary: fc.constantFrom('', 'Bearer', 'Bearer nobody', 'Basic x') },
    ),
    'Content-Type': fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', '', 'x') },
    ),
    Prefer: fc.constantFrom('handling=strict', 'handling=lenient', 'wait=1'),
    'If-Match': fc.constantFrom('*', '*', '"1"', '"1"', '"2"', 'W/"1"'),
    'X-Request-Id': fc.constantFrom('abc', 'a b', 'x'.repeat(200)),
  },
  { requiredKeys: ['Authorization', 'Content-Type'] },
)

const fuzzed: fc.Arbitrary<Fuzzed> = fc
  .oneof(
    { weight: 14, arbitrary: fc.constantFrom<EndpointId>(...ENDPOINT_IDS) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
  .chain((endpointId) =>
    fc.record({
      generation: fc.constantFrom(...GENERATIONS),
      endpointId: fc.constant(endpointId),
      method:
        endpointId === undefined
          ? fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
          : fc.constant(endpointOf(endpointId).method),
      path:
        endpointId === undefined
          ? fc.constantFrom(
              '/',
              '/integrations',
              '/integrations//',
              '/tickets/x/y',
              '/nowhere',
              `/tickets/${rowId(1)}/`,
            )
          : id.map((value) => endpointOf(endpointId).path.replace(/\{\w+\}/, value)),
      query: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        {
          weight: 2,
          arbitrary: fc.array(
            fc.tuple(fc.constantFrom(...namesOf(endpointId, 'query')), fc.oneof(words, junk).map(asText)),
            { maxLength: 4 },
          ),
        },
      ),
      body: bodyOf(endpointId),
      headers,
    }),
  )

async function appWithRows(): Promise<App> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  await store.integrations.insert(integrationRow({ id: rowId(2), name: 'Twin', status: 'error', platform_name: 'sms' }))
  await store.integrations.insert(integrationRow({ id: rowId(3), name: 'Twin', enabled: false, status: 'inactive' }))
  await store.integrations.insert(
    integrationRow({ id: rowId(4), name: 'Gone', deleted_at: '2025-09-06T00:00:00.000000Z' }),
  )
  await store.tickets.insert(ticketRow({ id: rowId(5) }))
  await store.tickets.insert(ticketRow({ id: rowId(1), resolved_at: '2025-09-06T00:00:00.000000Z' }))
  return createApp({ store })
}

async function sendFuzzed(
  app: App,
  { generation, method, path, query, body, headers: sent }: Fuzzed,
): Promise<Response> {
  app.switchGeneration(generation)
  const url = new URL(`http://api.example.test/api/v1${path}`)
  for (const [name, value] of query) url.searchParams.append(name, value)
  const withBody = body !== undefined && method !== 'GET'
  return app.fetch(new Request(url, { method, headers: sent, ...(withBody && { body }) }))
}

/** What is wrong with a reply; nothing is good. */
async function faultsOf({ generation, endpointId }: Fuzzed, response: Response): Promise<readonly string[]> {
  const { status, headers } = response
  const text = await response.text()
  const always = [
    ...faultIf(status >= 500 && status !== 501, `a failure: ${status}`),
    ...faultIf(headers.get('API-Generation') !== generation, 'another generation'),
    ...faultIf(!/^[\w.:-]{1,128}$/.test(headers.get('X-Request-Id') ?? ''), 'no request id'),
  ]
  if (status === 307) return always
  if (status === 204) return [...always, ...faultIf(text !== '', '204 with a body')]

  const json: unknown = JSON.parse(text)
  if (status >= 400) return [...always, ...faultsOfProblem(status, fieldsOf({ json }))]
  if (endpointId === undefined) return [...always, 'a made-up request succeeded']

  const strict = headers.get('Preference-Applied') === 'handling=strict'
  const schema = wireSchema(endpointId, 'reply', strict ? 'current' : generation)
  return [
    ...always,
    ...faultIf(status !== endpointOf(endpointId).status, `a success of ${status}`),
    ...(schema === undefined ? ['no schema'] : check(schema, json, 'reply').map(({ msg }) => msg)),
  ]
}

const members = ['detail', 'code', 'reason', 'candidates', 'replacement']
const issueMembers = ['type', 'loc', 'msg', 'code', 'replacement']
const codes: Readonly<Record<string, { readonly status: number; readonly item?: true }>> = problems

function faultsOfProblem(status: number, problem: Fields): readonly string[] {
  const { detail, code } = problem
  const issues: readonly unknown[] = Array.isArray(detail) ? detail : []
  return [
    ...faultIf(!Object.hasOwn(codes, String(code)), `an unknown code: ${String(code)}`),
    ...faultIf(codes[String(code)]?.status !== status, `${String(code)} with ${status}`),
    ...Object.keys(problem).filter((key) => !members.includes(key)),
    ...faultIf(typeof detail !== 'string' && issues.length === 0, 'no detail'),
    ...faultIf(issues.length > 0 && code !== 'validation_failed', `issues with ${String(code)}`),
    ...issues.flatMap((json) => {
      const issue = fieldsOf({ json })
      return [
        ...Object.keys(issue).filter((key) => !issueMembers.includes(key)),
        ...faultIf(codes[String(issue['code'])]?.item !== true, `an issue with ${String(issue['code'])}`),
      ]
    }),
  ]
}

const faultIf = (wrong: boolean, fault: string): readonly string[] => (wrong ? [fault] : [])

test(`${requests} requests of all kinds: no failure, every refusal in one form`, async () => {
  console.log(`fuzz: ${requests} requests, seed ${seed}; FUZZ_SEED=${seed} repeats them`)
  const seen = new Set<number>()

  await fc.assert(
    fc.asyncProperty(fc.array(fuzzed, { minLength: perApp, maxLength: perApp }), async (sequence) => {
      const app = await appWithRows()
      for (const request of sequence) {
        const response = await sendFuzzed(app, request)
        seen.add(response.status)
        expect({ request, faults: await faultsOf(request, response) }).toEqual({ request, faults: [] })
      }
      expect(await app.runDueChecks()).toBeGreaterThanOrEqual(0)
    }),
    { seed, numRuns: Math.ceil(requests / perApp) },
  )

  // Else it would knock at the front door only.
  expect([200, 201, 401, 404, 409, 412, 415, 422, 501].filter((status) => !seen.has(status))).toEqual([])
}, 60_000)
