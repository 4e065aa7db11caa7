import { type AppOptions, createApp } from '@ai-ticket-creator/reference-api'
import { createSqlStore, createSqlUserDirectory, createToken, schemaUp } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { someSecrets } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)
afterAll(() => database.close())

const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'CI' })

/** As in a process of its own: apps share nothing but the database. */
const startApp = (options: AppOptions = {}) =>
  createApp({
    store: createSqlStore(database, someSecrets()),
    users: createSqlUserDirectory(database.sql),
    newId: () => crypto.randomUUID(),
    clock: () => new Date(),
    idempotency: { waitTimeout: 600_000, lease: 600_000 },
    ...options,
  })

async function post(app: ReturnType<typeof startApp>, path: string, body: object, key: string) {
  const response = await app.fetch(
    new Request(`http://localhost/api/v1${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, text: await response.text(), etag: response.headers.get('ETag') }
}

test('200 parallel creates with one key through three apps make one row and 200 equal replies', async () => {
  const apps = [startApp(), startApp(), startApp()]

  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      post(apps[n % 3] ?? startApp(), '/integrations/', { name: 'A', platform_name: 'jira' }, 'parallel'),
    ),
  )

  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(replies[0]).toMatchObject({ status: 200, etag: '"1"' })
  const { rows } = await sql`select id from integrations where name = 'A'`.execute(database.sql)
  expect(rows).toHaveLength(1)
})

test('a repeat after a restart gets the first reply', async () => {
  const ticket = { title: 'T', description: 'D' }
  const first = await post(startApp(), '/tickets/', ticket, 'restart')

  const again = await post(startApp(), '/tickets/', ticket, 'restart')

  expect(first.status).toBe(201)
  expect(again).toEqual(first)
})

test('after a crash while a ticket was filed, a repeat gets the ticket with an unknown outcome and files nothing', async () => {
  const integration = await post(startApp(), '/integrations/', { name: 'B', platform_name: 'jira' }, 'integration')
  const ticket = { title: 'T', description: 'D', integration_id: (JSON.parse(integration.text) as { id: string }).id }
  const filing = Promise.withResolvers<void>()
  // This process ends while it files the ticket: it never gets an answer.
  const crashed = startApp({
    external: () => {
      filing.resolve()
      return new Promise(() => {})
    },
  })
  void post(crashed, '/tickets/', ticket, 'crash')
  await filing.promise
  const filed: string[] = []
  const external: AppOptions['external'] = async ({ id }) => {
    filed.push(id)
    return { outcome: 'created', id, url: null }
  }

  const early = await post(
    startApp({ external, idempotency: { waitTimeout: 0, lease: 600_000 } }),
    '/tickets/',
    ticket,
    'crash',
  )
  const afterLease = () => new Date(Date.now() + 601_000)
  const repeat = await post(startApp({ external, clock: afterLease }), '/tickets/', ticket, 'crash')

  expect(early.status).toBe(409)
  expect(repeat.status).toBe(201)
  expect(JSON.parse(repeat.text)).toMatchObject({
    integration_id: ticket.integration_id,
    integration_result: { success: false, outcome: 'unknown' },
  })
  expect(filed).toEqual([])
  const { rows } = await sql`select id from tickets where integration_id = ${ticket.integration_id}`.execute(
    database.sql,
  )
  expect(rows).toEqual([{ id: (JSON.parse(repeat.text) as { id: string }).id }])
})
