// Numbers with more digits than a JavaScript number, in fields with JSON of the caller's own.
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore, PROFILES, type TicketRow } from '@ai-ticket-creator/reference-api'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { integrationRow, rowId } from './rows.ts'
import { fieldsOf, idOf, issuesOf, send } from './send.ts'

const CUSTOM =
  '{"account":12345678901234567890,"negative":-9007199254740993,"list":[9007199254740993,{"n":1e400}],"long":0.12345678901234567890123,"big":1000000000000000000000000,"__proto__":18446744073709551615,"small":5,"text":"12345678901234567890"}'

const createTicket = (app: App, custom = CUSTOM, headers = {}) =>
  send(app, 'POST /tickets/', `{"title":"T","description":"D","custom_fields":${custom}}`, headers)

describe('custom_fields are shown with the digits that were sent', () => {
  test.each(PROFILES)('%s: by create and retrieve', async (profile) => {
    const app = createApp({ profile })

    const created = await createTicket(app)
    const retrieved = await send(app, `GET /tickets/${idOf(created)}`)

    for (const { text } of [created, retrieved]) expect(text).toContain(`"custom_fields":${CUSTOM}`)
  })

  test.each(GENERATIONS)('%s: by create, retrieve, list, and after another field was changed', async (generation) => {
    const app = createApp({ generation })

    const created = await createTicket(app)
    const path = `/tickets/${idOf(created)}`
    const replies = [
      created,
      await send(app, `PUT ${path}`, { title: 'U', status: 'in_progress' }),
      await send(app, `GET ${path}`),
      await send(app, 'GET /tickets/'),
    ]

    expect(replies.map(({ text }) => text.includes(`"custom_fields":${CUSTOM}`))).toEqual([true, true, true, true])
  })

  test('by update and replace', async () => {
    const app = createApp()
    const path = `/tickets/${idOf(await createTicket(app, '{}'))}`

    const updated = await send(app, `PATCH ${path}`, '{"custom_fields":{"n":9007199254740993}}')
    const replaced = await send(app, `PUT ${path}`, '{"title":"T","custom_fields":{"n":9007199254740995}}')

    expect([updated.text, replaced.text]).toEqual([
      expect.stringContaining('"custom_fields":{"n":9007199254740993}'),
      expect.stringContaining('"custom_fields":{"n":9007199254740995}'),
    ])
  })

  test('a number that JavaScript can hold is an ordinary number in the store', async () => {
    const rows: TicketRow[] = []
    const store = createMemoryStore()
    const insert = async (row: TicketRow): Promise<void> => void rows.push(row)
    const app = createApp({ store: { ...store, tickets: { ...store.tickets, insert } } })

    await createTicket(app, '{"a":1.0,"b":1e3,"c":0.1,"d":9007199254740992}')

    expect(rows.map((row) => row.custom_fields)).toEqual([{ a: 1, b: 1000, c: 0.1, d: 9007199254740992 }])
  })
})

test.each(GENERATIONS)('%s: the JSON fields of an integration keep their digits', async (generation) => {
  const app = createApp({ generation })
  const type = generation === 'legacy' ? '"integration_type":"jira"' : '"platform_name":"jira"'
  const json = '{"limit":{"id":[12345678901234567890]}}'

  const created = await send(
    app,
    'POST /integrations/',
    `{"name":"A",${type},"routing_rules":${json},"notification_channels":${json}}`,
  )
  const updated = await send(app, `PUT /integrations/${idOf(created)}`, { description: 'B' })

  for (const { text } of [created, updated]) {
    expect(text).toContain(`"routing_rules":${json}`)
    expect(text).toContain(`"notification_channels":${json}`)
  }
})

test('the ports get them as raw JSON, which JSON.stringify writes with all digits', async () => {
  const texts: string[] = []
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const app = createApp({
    store,
    external: async ({ custom_fields }) => {
      texts.push(JSON.stringify(custom_fields))
      return { outcome: 'created', id: 'JIRA-1', url: null }
    },
    health: async (_kind, _integration, data) => {
      texts.push(JSON.stringify(data))
      return { outcome: 'passed' }
    },
  })

  await send(
    app,
    'POST /tickets/',
    `{"title":"T","description":"D","integration_id":"${rowId(1)}","custom_fields":{"n":9007199254740993}}`,
  )
  await send(app, `POST /integrations/${rowId(1)}/test`, '{"test_types":["search"],"test_data":{"n":9007199254740993}}')

  expect(texts).toEqual(['{"n":9007199254740993}', '{"n":9007199254740993}'])
})

describe('a call with an Idempotency-Key', () => {
  const key = { 'Idempotency-Key': 'k' }

  test('is replayed with all digits', async () => {
    const app = createApp()

    const first = await createTicket(app, CUSTOM, key)
    const second = await createTicket(app, CUSTOM, key)

    expect([second.headers.get('Idempotency-Replayed'), second.text]).toEqual(['true', first.text])
    expect(first.text).toContain(`"custom_fields":${CUSTOM}`)
  })

  test.each([
    ['another number that is rounded to the same', '{"n":9007199254740993}', '{"n":9007199254740992}'],
    ['the last digit', '{"n":12345678901234567890}', '{"n":12345678901234567891}'],
    ['an object that looks like raw JSON', '{"n":12345678901234567890}', '{"n":{"rawJSON":"12345678901234567890"}}'],
  ])('is another call when the body has %s', async (_, one, other) => {
    const app = createApp()

    const first = await createTicket(app, one, key)
    const second = await createTicket(app, other, key)

    expect([first.status, second.status, fieldsOf(second)['code']]).toEqual([201, 422, 'idempotency_mismatch'])
  })
})

test('in other fields such numbers are checked as numbers', async () => {
  const app = createApp()

  const reply = await send(
    app,
    'POST /integrations/',
    '{"name":12345678901234567890,"platform_name":"jira","default_priority":12345678901234567890,"routing_rules":12345678901234567890,"credentials":{"email":12345678901234567890,"api_token":"t"}}',
  )

  expect(issuesOf(reply)).toEqual([
    'body.credentials.email validation_failed',
    'body.routing_rules validation_failed',
    'body.default_priority validation_failed',
    'body.name validation_failed',
  ])
  expect(reply.text).toContain('`credentials.email` must be a string, not an integer')
  expect(reply.text).toContain('`routing_rules` must be an object, not an integer')
})

describe('a runtime without JSON.rawJSON', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('rounds them, and answers', async () => {
    vi.stubGlobal('JSON', { parse: JSON.parse, stringify: JSON.stringify })
    const app = createApp()

    const reply = await createTicket(app, '{"n":9007199254740993,"small":5}')

    expect([reply.status, fieldsOf(reply)['custom_fields']]).toEqual([201, { n: 9007199254740992, small: 5 }])
  })
})
