import { ENDPOINT_IDS, endpointOf, GENERATIONS } from '@ai-ticket-creator/domain'
import {
  type App,
  type AppOptions,
  createApp,
  createMemoryStore,
  type ExternalOutcome,
  type IdempotencyRecord,
  type Store,
  sequentialIds,
} from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, isReplayed, keyedCalls, keyedCallsRun } from './keyed-calls-suite.ts'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { ada, bearer, bob, fieldsOf, issuesOf, itemsOf, nthId, type Reply, send } from './send.ts'

const key = { 'Idempotency-Key': 'a-key' }
const jira = { name: 'A', platform_name: 'jira' }
const legacyJira = { name: 'A', integration_type: 'jira' }
const bug = { title: 'T', description: 'D' }
const all = { offset: 0, limit: 100, now: new Date(0) }
const here = integrationRow().organization_id

// Calls of one process wait for each other without a timer.
const neverPause = () => {
  throw new Error('nothing to wait for')
}

const codeOf = (reply: Reply): unknown => fieldsOf(reply)['code']
const outcomeOf = (reply: Reply) => [reply.status, reply.text, reply.headers.get('ETag')]
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

const integrationsOf = async (app: App): Promise<number> => itemsOf(await send(app, 'GET /integrations/')).length
const ticketsOf = async (app: App): Promise<number> => itemsOf(await send(app, 'GET /tickets/')).length

/** An app whose store fails once at each of the given methods. */
function failingOnce(fails: { readonly [Table in keyof Store]?: string }, options: AppOptions = {}): App {
  const store = createMemoryStore()
  const broken = structuredClone(fails) as Record<string, string | undefined>
  const breaking = <T extends object>(table: string, methods: T): T =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        async (...given: unknown[]) => {
          if (broken[table] !== name) return method(...given)
          broken[table] = undefined
          throw new Error('the store failed')
        },
      ]),
    ) as T
  return createApp({
    store: {
      integrations: breaking('integrations', store.integrations),
      tickets: breaking('tickets', store.tickets),
      keys: breaking('keys', store.keys),
    },
    ...options,
  })
}

// One key, one row

test.each(GENERATIONS)(
  '%s: 200 parallel creates with one key make one row and 200 equal replies',
  async (generation) => {
    const app = createApp({ generation, idempotency: { sleep: neverPause } })
    const body = generation === 'legacy' ? legacyJira : jira

    const replies = await Promise.all(times(200, () => send(app, 'POST /integrations/', body, key)))

    const [first] = replies
    expect(replies.map(outcomeOf)).toEqual(times(200, () => [200, first?.text, '"1"']))
    expect(replies.map(isReplayed)).toEqual([false, ...times(199, () => true)])
    expect(await integrationsOf(app)).toBe(1)
  },
)

test('200 parallel tickets with one key are filed once', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const filed: string[] = []
  const app = createApp({
    store,
    external: async ({ id }) => {
      filed.push(id)
      return { outcome: 'created', id: 'JIRA-1', url: null }
    },
  })

  const replies = await Promise.all(
    times(200, () => send(app, 'POST /tickets/', { ...bug, integration_id: rowId(1) }, key)),
  )

  expect(replies.map(outcomeOf)).toEqual(times(200, () => [201, replies[0]?.text, '"2"']))
  expect(filed).toEqual([nthId(1)])
  expect(await ticketsOf(app)).toBe(1)
})

const posts: Readonly<Record<string, object | undefined>> = {
  'integrations.create': jira,
  'integrations.test': { test_types: ['search'] },
  'integrations.sync': { sync_type: 'full' },
  'integrations.activate': undefined,
  'tickets.create': { ...bug, integration_id: rowId(1) },
  'tickets.createWithAi': { user_input: 'It broke.', integration_id: rowId(1) },
  'tickets.addAttachments': { attachments: [{ file_id: rowId(7) }] },
}

test.each(ENDPOINT_IDS.filter((id) => endpointOf(id).method === 'POST'))(
  '%s: twenty parallel calls with one key run once and have equal replies',
  async (endpointId) => {
    const store = createMemoryStore()
    await store.integrations.insert(integrationRow({ id: rowId(1), status: 'inactive', enabled: false }))
    if (endpointId.startsWith('tickets'))
      await store.integrations.replace(integrationRow({ id: rowId(1), version: 2 }), 1)
    await store.tickets.insert(ticketRow({ id: rowId(2) }))
    let outside = 0
    const app = createApp({
      store,
      idempotency: { sleep: neverPause },
      external: async () => ({ outcome: 'created', id: `JIRA-${++outside}`, url: null }),
      health: async () => ({ outcome: ++outside > 0 ? 'passed' : 'failed' }),
      sync: async () => ({ outcome: 'completed', processed: ++outside, created: 0, updated: 0, failed: 0 }),
    })
    const { path, status } = endpointOf(endpointId)
    const line = `POST ${path.replace('{integration_id}', rowId(1)).replace('{ticket_id}', rowId(2))}`

    const replies = await Promise.all(times(20, () => send(app, line, posts[endpointId], key)))

    expect(replies.map(outcomeOf)).toEqual(times(20, () => [status, replies[0]?.text, replies[0]?.headers.get('ETag')]))
    expect(replies.map(isReplayed)).toEqual([false, ...times(19, () => true)])
    expect(outside).toBeLessThanOrEqual(1)
  },
)

test('without a key, and with different keys, every call runs', async () => {
  const app = createApp()

  await Promise.all(times(3, () => send(app, 'POST /tickets/', bug)))
  await Promise.all(times(3, (n) => send(app, 'POST /tickets/', bug, { 'Idempotency-Key': `key-${n}` })))

  expect(await ticketsOf(app)).toBe(6)
})

test('of parallel calls with one key and different bodies the first runs, the others are refused', async () => {
  const app = createApp()

  const replies = await Promise.all(times(20, (n) => send(app, 'POST /tickets/', { ...bug, title: `T${n}` }, key)))

  const [first, ...others] = replies
  expect(first?.status).toBe(201)
  expect(others.map(({ status, json }) => [status, json])).toEqual(
    times(19, () => [
      422,
      {
        detail: 'the `Idempotency-Key` was used for another call; send a new key, or the same endpoint and body',
        code: 'idempotency_mismatch',
      },
    ]),
  )
  expect(await ticketsOf(app)).toBe(1)
})

test('a key belongs to one endpoint', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', jira, key)

  const elsewhere = await send(app, 'POST /tickets/', bug, key)

  expect([elsewhere.status, codeOf(elsewhere)]).toEqual([422, 'idempotency_mismatch'])
  expect(await ticketsOf(app)).toBe(0)
})

test('a key belongs to one path', async () => {
  const store = createMemoryStore()
  for (const id of [rowId(1), rowId(2)])
    await store.integrations.insert(integrationRow({ id, status: 'inactive', enabled: false }))
  const app = createApp({ store })

  const one = await send(app, `POST /integrations/${rowId(1)}/activate`, undefined, key)
  const other = await send(app, `POST /integrations/${rowId(2)}/activate`, undefined, key)

  expect([one.status, other.status, codeOf(other)]).toEqual([200, 422, 'idempotency_mismatch'])
  expect(await store.integrations.find(integrationRow().organization_id, rowId(2))).toMatchObject({ enabled: false })
})

test('calls of two organizations with one key do not wait for each other', async () => {
  const answer = Promise.withResolvers<ExternalOutcome>()
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), organization_id: ada.organization_id }))
  const app = createApp({ store, users: [ada, bob], external: () => answer.promise })

  const slow = send(app, 'POST /tickets/', { ...bug, integration_id: rowId(1) }, { ...key, ...bearer(ada) })
  const quick = await send(app, 'POST /tickets/', bug, { ...key, ...bearer(bob) })
  answer.resolve({ outcome: 'created', id: 'A-1', url: null })

  expect([quick.status, (await slow).status]).toEqual([201, 201])
})

test('a key belongs to one organization', async () => {
  const app = createApp({ users: [ada, bob] })

  const one = await send(app, 'POST /integrations/', jira, { ...key, ...bearer(ada) })
  const other = await send(app, 'POST /integrations/', { ...jira, name: 'B' }, { ...key, ...bearer(bob) })
  const again = await send(app, 'POST /integrations/', jira, { ...key, ...bearer(ada) })

  expect([one, other, again].map(({ status }) => status)).toEqual([200, 200, 200])
  expect([one, other, again].map((reply) => fieldsOf(reply)['name'])).toEqual(['A', 'B', 'A'])
  expect([one, other, again].map(isReplayed)).toEqual([false, false, true])
})

test.each([
  ['GET /integrations/', undefined],
  [`PUT /integrations/${rowId(1)}`, { name: 'B' }],
  [`PATCH /integrations/${rowId(1)}/status`, { enabled: false }],
  [`DELETE /integrations/${rowId(1)}`, undefined],
])('%s ignores the key', async (line, body) => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const app = createApp({ store })
  await send(app, 'POST /tickets/', bug, key)

  const reply = await send(app, line, body, { 'Idempotency-Key': 'a-key' })

  expect([reply.status, isReplayed(reply)]).toEqual([200, false])
})

test.each([
  ['x', 1],
  ['a key, with "marks"', 1],
  ['x'.repeat(255), 1],
])('%j is a valid key', async (text, rows) => {
  const app = createApp()

  const [first, second] = [
    await send(app, 'POST /tickets/', bug, { 'Idempotency-Key': text }),
    await send(app, 'POST /tickets/', bug, { 'Idempotency-Key': text }),
  ]

  expect([first.status, second.text]).toEqual([201, first.text])
  expect(await ticketsOf(app)).toBe(rows)
})

test.each([
  ['', 'string_too_short'],
  ['  ', 'string_too_short'],
  ['x'.repeat(256), 'string_too_long'],
])('%j is not a valid key, and nothing is written', async (text, type) => {
  const app = createApp()

  const reply = await send(app, 'POST /tickets/', bug, { 'Idempotency-Key': text })

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [
        {
          type,
          loc: ['header', 'Idempotency-Key'],
          msg: '`Idempotency-Key` must have 1 to 255 characters; use a UUID',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
  expect(await ticketsOf(app)).toBe(0)
})

// Only completed calls are stored

test('a refused call leaves its key free: corrected, it runs', async () => {
  const app = createApp()

  const refused = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jirra' }, key)
  const right = await send(app, 'POST /integrations/', jira, key)
  const again = await send(app, 'POST /integrations/', jira, key)

  expect([refused.status, right.status, again.text]).toEqual([422, 200, right.text])
  expect([right, again].map(isReplayed)).toEqual([false, true])
})

test('an unknown integration name leaves the key free', async () => {
  const app = createApp({ generation: 'transitional' })
  const body = { ...bug, integration_name: 'A' }

  const unknown = await send(app, 'POST /tickets/', body, key)
  await send(app, 'POST /integrations/', jira)
  const known = await send(app, 'POST /tickets/', body, key)

  expect([unknown.status, codeOf(unknown), known.status]).toEqual([422, 'integration_not_found', 201])
})

test('a ticket that the platform refused can be sent again with the same key', async () => {
  const outcomes: ExternalOutcome[] = [{ outcome: 'refused' }, { outcome: 'created', id: 'JIRA-1', url: null }]
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const app = createApp({ store, external: async () => outcomes.shift() ?? { outcome: 'unknown' } })
  const body = { ...bug, integration_id: rowId(1) }

  const refused = await send(app, 'POST /tickets/', body, key)
  const filed = await send(app, 'POST /tickets/', body, key)
  const again = await send(app, 'POST /tickets/', body, key)

  expect([refused.status, filed.status, again.text]).toEqual([502, 201, filed.text])
  expect(await ticketsOf(app)).toBe(1)
})

test('a ticket without an answer of the platform is filed once, and a repeat gets the same reply', async () => {
  const calls: string[] = []
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const app = createApp({
    store,
    external: async ({ id }) => {
      calls.push(id)
      throw new Error('no answer in time')
    },
  })
  const body = { ...bug, integration_id: rowId(1) }

  const replies = [await send(app, 'POST /tickets/', body, key), await send(app, 'POST /tickets/', body, key)]

  expect(replies.map(({ status }) => status)).toEqual([201, 201])
  expect(replies.map((reply) => fieldsOf(reply)['integration_result'])).toEqual(
    times(2, () => ({ success: false, outcome: 'unknown', integration_id: rowId(1), platform_name: 'jira' })),
  )
  expect(replies[1]?.text).toBe(replies[0]?.text)
  expect(calls).toHaveLength(1)
})

test('a call that failed before it wrote anything can be sent again', async () => {
  const app = failingOnce({ integrations: 'insert' })

  const failed = await send(app, 'POST /integrations/', jira, key)
  const again = await send(app, 'POST /integrations/', jira, key)

  expect([failed.status, again.status, isReplayed(again)]).toEqual([500, 200, false])
  expect(await integrationsOf(app)).toBe(1)
})

test('a replace that another writer prevented counts as no write, so the key is free', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  let away = true
  const replace: Store['integrations']['replace'] = async (row, version) =>
    !away && store.integrations.replace(row, version)
  const app = createApp({ store: { ...store, integrations: { ...store.integrations, replace } } })

  const failed = await send(app, `POST /integrations/${rowId(1)}/activate`, undefined, key)
  away = false
  const again = await send(app, `POST /integrations/${rowId(1)}/activate`, undefined, key)

  expect([failed.status, again.status, isReplayed(again)]).toEqual([500, 200, false])
})

test('a call that failed after a write keeps its key', async () => {
  const external = async () => ({ outcome: 'refused' }) as const
  const app = failingOnce({ tickets: 'remove' }, { external, idempotency: { sleep: async () => {} } })
  await send(app, 'POST /integrations/', jira)
  const body = { ...bug, integration_id: nthId(1) }

  const failed = await send(app, 'POST /tickets/', body, key)
  const again = await send(app, 'POST /tickets/', body, key)

  expect([failed.status, again.status, codeOf(again)]).toEqual([500, 409, 'idempotency_in_flight'])
  expect(again.headers.get('Retry-After')).toBe('1')
  expect(await ticketsOf(app)).toBe(1)
})

test('a response that could not be stored is sent, and the call does not run again while it counts as running', async () => {
  const reported: unknown[] = []
  const app = failingOnce(
    { keys: 'complete' },
    { idempotency: { sleep: async () => {} }, onError: (error) => reported.push(error) },
  )
  await send(app, 'POST /integrations/', jira)
  const dryRun = () => send(app, `POST /integrations/${nthId(1)}/sync`, { sync_type: 'full', dry_run: true }, key)

  const [first, again] = [await dryRun(), await dryRun()]

  expect([first.status, again.status, codeOf(again)]).toEqual([200, 409, 'idempotency_in_flight'])
  expect(reported.map(String)).toEqual(['Error: the store failed'])
})

test.each<[string, object | undefined]>([
  ['POST /integrations/', jira],
  [`POST /integrations/${nthId(1)}/activate`, undefined],
  [`POST /integrations/${nthId(1)}/test`, {}],
  [`POST /integrations/${nthId(1)}/sync`, { sync_type: 'full' }],
  ['POST /tickets/', bug],
  ['POST /tickets/', { ...bug, integration_id: nthId(1) }],
  ['POST /tickets/ai-create', { user_input: 'It broke.' }],
  [`POST /tickets/${nthId(2)}/attachments`, { attachments: [{ file_id: rowId(9) }] }],
])('the reply of %s %j is stored together with the row, not after it', async (line, body) => {
  const reported: unknown[] = []
  const app = failingOnce({ keys: 'complete' }, { onError: (error) => reported.push(error) })
  await send(app, 'POST /integrations/', jira)
  await send(app, 'POST /tickets/', bug)

  const first = await send(app, line, body, key)
  const again = await send(app, line, body, key)

  expect([first.status, isReplayed(again), again.text]).toEqual([expect.toBeOneOf([200, 201]), true, first.text])
  expect(reported).toEqual([])
})

test('a filed ticket has its result even if its response could not be stored', async () => {
  const reported: unknown[] = []
  const app = failingOnce({ tickets: 'replace' }, { onError: (error) => reported.push(error) })
  await send(app, 'POST /integrations/', jira)

  const filed = await send(app, 'POST /tickets/', { ...bug, integration_id: nthId(1) }, key)
  const again = await send(app, 'POST /tickets/', { ...bug, integration_id: nthId(1) }, key)

  expect(fieldsOf(filed)['integration_result']).toMatchObject({ success: true })
  expect([filed.status, again.text]).toEqual([201, filed.text])
  expect(reported.map(String)).toEqual(['Error: the store failed'])
  expect(fieldsOf(await send(app, `GET /tickets/${nthId(2)}`))['integration_result']).toMatchObject({ success: true })
})

test('a key that could not be released is reported, and the caller gets the refusal', async () => {
  const reported: unknown[] = []
  const app = failingOnce({ keys: 'release' }, { onError: (error) => reported.push(error) })

  const refused = await send(app, 'POST /tickets/', { ...bug, integration_id: rowId(9) }, key)

  expect([refused.status, codeOf(refused)]).toEqual([422, 'integration_not_found'])
  expect(reported.map(String)).toEqual(['Error: the store failed'])
})

// Which calls are equal

test.each([
  ['old and new spelling', legacyJira, jira],
  ['with and without the category', jira, { ...jira, integration_category: 'ticketing' }],
  ['another order of fields', jira, { platform_name: 'jira', name: 'A' }],
  [
    'another order inside',
    { ...jira, routing_rules: { a: 1, b: [{ c: 2, d: 3 }] } },
    { routing_rules: { b: [{ d: 3, c: 2 }], a: 1 }, ...jira },
  ],
  ['spaces around', jira, { ...jira, name: ' A ' }],
  ['a field without effect', jira, { ...jira, colour: 'red' }],
  ['a field of null', jira, { ...jira, description: null, enabled: null }],
])('%s is the same call', async (_, one, other) => {
  const app = createApp({ generation: 'transitional' })

  const first = await send(app, 'POST /integrations/', one, key)
  const second = await send(app, 'POST /integrations/', other, key)

  expect([first.status, second.text, isReplayed(second)]).toEqual([200, first.text, true])
})

test.each([
  ['another value', { ...jira, name: 'B' }],
  ['another case', { ...jira, name: 'a' }],
  ['a field more', { ...jira, description: 'D' }],
  ['an empty text', { ...jira, description: '' }],
  ['another order of a list', { ...jira, oauth_scopes: ['b', 'a'] }],
  ['a key like __proto__', JSON.parse('{"name":"A","platform_name":"jira","routing_rules":{"__proto__":1}}')],
])('%s is another call', async (_, other) => {
  const app = createApp()
  await send(app, 'POST /integrations/', jira, key)

  const second = await send(app, 'POST /integrations/', other, key)

  expect([second.status, codeOf(second)]).toEqual([422, 'idempotency_mismatch'])
})

test('a repeat does not resolve the name again', async () => {
  const app = createApp({ generation: 'legacy' })
  await send(app, 'POST /integrations/', legacyJira)
  const first = await send(app, 'POST /tickets/', { ...bug, integration_name: 'A' }, key)
  await send(app, 'POST /integrations/', legacyJira)

  const again = await send(app, 'POST /tickets/', { ...bug, integration_name: ' A ' }, key)
  const inOtherWords = await send(app, 'POST /tickets/', { ...bug, integration: 'A', integration_name: 'A' }, key)
  const fresh = await send(app, 'POST /tickets/', { ...bug, integration_name: 'A' })

  expect([first.status, fresh.status]).toEqual([201, 409])
  expect([again.text, inOtherWords.text]).toEqual([first.text, first.text])
})

test('a repeat gets the reply in its own generation', async () => {
  const app = createApp({ generation: 'legacy' })
  const old = await send(app, 'POST /integrations/', legacyJira, key)

  app.switchGeneration('transitional')
  const both = await send(app, 'POST /integrations/', legacyJira, key)
  app.switchGeneration('current')
  const retired = await send(app, 'POST /integrations/', legacyJira, key)
  const current = await send(app, 'POST /integrations/', jira, key)

  expect([old, both, current].map(({ status }) => status)).toEqual([200, 200, 200])
  expect([old, both, current].map((reply) => fieldsOf(reply)['integration_type'])).toEqual(['jira', 'jira', undefined])
  expect([old, both, current].map((reply) => fieldsOf(reply)['platform_name'])).toEqual([undefined, 'jira', 'jira'])
  expect([old, both, current].map((reply) => fieldsOf(reply)['id'])).toEqual([nthId(1), nthId(1), nthId(1)])
  expect([old, both, current].map(({ headers }) => headers.get('ETag'))).toEqual(['"1"', '"1"', '"1"'])
  expect(both.headers.get('Deprecated-Fields')).toBe('integration_type;use=platform_name')
  expect([retired.status, issuesOf(retired)]).toEqual([422, ['body.integration_type retired_field -> platform_name']])
})

test('a repeat gets the first reply, not the present row', async () => {
  const app = createApp()
  const first = await send(app, 'POST /integrations/', jira, key)
  await send(app, `PUT /integrations/${nthId(1)}`, { name: 'B' })
  await send(app, `DELETE /integrations/${nthId(1)}`)

  const again = await send(app, 'POST /integrations/', jira, key)

  expect(outcomeOf(again)).toEqual(outcomeOf(first))
  expect(await integrationsOf(app)).toBe(0)
})

test('the record of a key contains no secret', async () => {
  const store = createMemoryStore()
  const records: (IdempotencyRecord | undefined)[] = []
  const claim: Store['keys']['claim'] = (record, now) => {
    records.push(record)
    return store.keys.claim(record, now)
  }
  const insert: Store['integrations']['insert'] = (row, record) => {
    records.push(record)
    return store.integrations.insert(row, record)
  }
  const app = createApp({
    store: { ...store, keys: { ...store.keys, claim }, integrations: { ...store.integrations, insert } },
  })

  const body = { ...jira, credentials: { email: 'e-canary', api_token: 't-canary' }, webhook_secret: 'w-canary' }
  const reply = await send(app, 'POST /integrations/', { ...body, auth_type: 'custom' }, key)

  expect(reply.status).toBe(200)
  expect(records).toHaveLength(2)
  expect(JSON.stringify(records)).not.toContain('canary')
  expect(records.map((record) => record?.fingerprint)).toEqual(times(2, () => expect.stringMatching(/^[0-9a-f]{64}$/)))
})

// Retention

test.each([
  ['a day', {}, 24 * 3_600_000],
  ['the option retention', { idempotency: { retention: 5000 } }, 5000],
])('a key is stored for %s', async (_, options, retention) => {
  const start = Date.parse('2025-09-06T12:00:00Z')
  let now = start
  const app = createApp({ ...options, clock: () => new Date(now) })
  const first = await send(app, 'POST /tickets/', bug, key)

  now = start + retention - 1
  const before = await send(app, 'POST /tickets/', bug, key)
  now = start + retention
  const after = await send(app, 'POST /tickets/', bug, key)

  expect([before.text, isReplayed(before)]).toEqual([first.text, true])
  expect([after.status, isReplayed(after), fieldsOf(after)['id']]).toEqual([201, false, nthId(2)])
})

// Several processes over one store

test('a call waits for another process that runs the same call', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const arrived = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<ExternalOutcome>()
  const body = { ...bug, integration_id: rowId(1) }
  const one = createApp({
    store,
    external: () => {
      arrived.resolve()
      return answered.promise
    },
  })
  const running = send(one, 'POST /tickets/', body, key)
  await arrived.promise

  const other = createApp({
    store,
    newId: () => rowId(99),
    idempotency: {
      sleep: async () => {
        answered.resolve({ outcome: 'created', id: 'JIRA-1', url: null })
        await running
      },
    },
  })
  const waited = await send(other, 'POST /tickets/', body, key)

  expect(outcomeOf(waited)).toEqual(outcomeOf(await running))
  expect(isReplayed(waited)).toBe(true)
  expect((await store.tickets.list(here, {}, all)).total).toBe(1)
})

test('a call waits at most waitTimeout for a process that has ended', async () => {
  const store = createMemoryStore()
  const arrived = Promise.withResolvers<void>()
  const insert = () => {
    arrived.resolve()
    return new Promise<void>(() => {})
  }
  const gone = createApp({ store: { ...store, tickets: { ...store.tickets, insert } } })
  const pauses: number[] = []
  const app = createApp({
    store,
    idempotency: {
      waitTimeout: 200,
      sleep: async (milliseconds) => pauses.push(milliseconds),
    },
  })
  void send(gone, 'POST /tickets/', bug, key)
  await arrived.promise

  const reply = await send(app, 'POST /tickets/', bug, key)

  expect([reply.status, reply.json]).toEqual([
    409,
    {
      detail: 'a call with this `Idempotency-Key` is still running; send it again later',
      code: 'idempotency_in_flight',
    },
  ])
  expect(reply.headers.get('Retry-After')).toBe('1')
  expect(pauses).toEqual([50, 50, 50, 50])
})

/** Starts a call in a process that ends while it waits for `port`. */
async function startAndEnd(port: 'drafter' | 'external', options: AppOptions, line: string, body: object) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const neverEnds = () => {
    resolve()
    return new Promise<never>(() => {})
  }
  void send(createApp({ ...options, [port]: neverEnds }), line, body, key)
  await promise
}

test.each([
  ['a minute', {}, 60_000],
  ['the option lease', { lease: 5000 }, 5000],
])('a call whose process ended before it wrote runs again after %s', async (_, lease, length) => {
  const start = Date.parse('2025-09-06T12:00:00Z')
  let now = start
  const options = {
    store: createMemoryStore(),
    clock: () => new Date(now),
    idempotency: { waitTimeout: 0, ...lease },
  }
  const body = { user_input: 'It broke.' }
  await startAndEnd('drafter', options, 'POST /tickets/ai-create', body)
  const app = createApp(options)

  now = start + length - 1
  const early = await send(app, 'POST /tickets/ai-create', body, key)
  now = start + length
  const again = await send(app, 'POST /tickets/ai-create', body, key)

  expect([early.status, again.status, isReplayed(again)]).toEqual([409, 201, false])
  expect(await ticketsOf(app)).toBe(1)
})

test('a call whose process ended while it filed a ticket is answered with that ticket and an unknown outcome', async () => {
  const start = Date.parse('2025-09-06T12:00:00Z')
  let now = start
  const filed: string[] = []
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const options = { store, clock: () => new Date(now), idempotency: { waitTimeout: 0 } }
  const body = { ...bug, integration_id: rowId(1) }
  await startAndEnd('external', options, 'POST /tickets/', body)
  const external = async ({ id }: { readonly id: string }) => {
    filed.push(id)
    return { outcome: 'created', id: 'JIRA-1', url: null } as const
  }
  const app = createApp({ ...options, external, newId: () => rowId(99) })

  const early = await send(app, 'POST /tickets/', body, key)
  now = start + 60_000
  const again = await send(app, 'POST /tickets/', body, key)

  const unknown = { success: false, outcome: 'unknown', integration_id: rowId(1), platform_name: 'jira' }
  expect([early.status, again.status, isReplayed(again)]).toEqual([409, 201, true])
  expect(fieldsOf(again)).toMatchObject({ id: nthId(1), integration_result: unknown })
  expect(fieldsOf(await send(app, `GET /tickets/${nthId(1)}`))['integration_result']).toEqual(unknown)
  expect([filed, await ticketsOf(app)]).toEqual([[], 1])
})

test('a call that goes on after another one took over its key writes nothing', async () => {
  const start = Date.parse('2025-09-06T12:00:00Z')
  let now = start
  const [continued, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const store = createMemoryStore()
  const insert: Store['tickets']['insert'] = async (row, record) => {
    arrived.resolve()
    await continued.promise
    await store.tickets.insert(row, record)
  }
  const clock = () => new Date(now)
  const slow = send(
    createApp({ store: { ...store, tickets: { ...store.tickets, insert } }, clock }),
    'POST /tickets/',
    bug,
    key,
  )
  await arrived.promise

  now = start + 60_000
  const app = createApp({ store, clock })
  const second = await send(app, 'POST /tickets/', bug, key)
  continued.resolve()

  expect([(await slow).status, second.status]).toEqual([500, 201])
  expect(await ticketsOf(app)).toBe(1)
})

// Any order of events

test('in any order of store answers there is one row and one reply for each key', async () => {
  const { size: runs, seed } = keyedCallsRun('interleavings of keys')

  await fc.assert(
    fc.asyncProperty(fc.scheduler(), keyedCalls, async (scheduler, calls) => {
      const store = inRandomOrder(createMemoryStore(), scheduler)
      const newId = sequentialIds()
      const idempotency = { sleep: scheduler.scheduleFunction(async () => {}), waitTimeout: 100_000 }
      const apps = [createApp({ store, newId, idempotency }), createApp({ store, newId, idempotency })] as const

      const sent = Promise.all(
        calls.map(({ key: one, title, app }) =>
          send(app % 2 === 0 ? apps[0] : apps[1], 'POST /tickets/', { ...bug, title }, { 'Idempotency-Key': one }),
        ),
      )
      const replies = await scheduler.waitFor(sent)

      const { total } = await scheduler.waitFor(store.tickets.list(here, {}, all))
      expect(faultsOf(calls, replies, total)).toEqual([])
    }),
    { seed, numRuns: runs },
  )
}, 1_200_000)

function inRandomOrder(store: Store, scheduler: fc.Scheduler): Store {
  const scheduled = <T extends object>(methods: T): T =>
    Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, scheduler.scheduleFunction(method)])) as T
  return { integrations: scheduled(store.integrations), tickets: scheduled(store.tickets), keys: scheduled(store.keys) }
}
