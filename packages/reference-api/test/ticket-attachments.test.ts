import { GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { rowId, ticketRow } from './rows.ts'
import { fieldsOf, issuesOf, send } from './send.ts'

const path = `/tickets/${rowId(1)}/attachments`
const files = (...numbers: readonly number[]) => numbers.map((n) => ({ file_id: rowId(n) }))

async function withStored(
  fields: Partial<TicketRow> = {},
  generation: 'legacy' | 'transitional' | 'current' = 'current',
) {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ id: rowId(1), ...fields }))
  const row = async () => store.tickets.find(ticketRow().organization_id, rowId(1))
  return { app: createApp({ store, generation }), row }
}

test.each(GENERATIONS)('%s: files are added and listed', async (generation) => {
  const { app } = await withStored({ attachments: files(7) }, generation)

  const added = await send(app, `POST ${path}`, { attachments: files(8, 9) })
  const listed = await send(app, `GET ${path}`)

  expect([added.status, fieldsOf(added)['id'], added.headers.get('ETag')]).toEqual([200, rowId(1), '"2"'])
  expect([listed.status, listed.json]).toEqual([200, files(7, 8, 9)])
})

test('a file is stored once, in any case of its id', async () => {
  const { app } = await withStored({ attachments: files(7) })

  const { json } = await send(app, `POST ${path}`, {
    attachments: [...files(8, 7, 8), { file_id: rowId(8).toUpperCase() }],
  })

  expect(json).toMatchObject({ attachments: files(7, 8) })
})

test('a ticket without attachments has an empty list', async () => {
  const { app } = await withStored()

  expect((await send(app, `GET ${path}`)).json).toEqual([])
})

test.each([
  [{}, 'body.attachments validation_failed'],
  [{ attachments: [] }, 'body.attachments validation_failed'],
  [{ attachments: null }, 'body.attachments validation_failed'],
  [{ attachments: [{ file_id: '7' }] }, 'body.attachments.0.file_id validation_failed'],
  [{ attachments: [{}] }, 'body.attachments.0.file_id validation_failed'],
] as const)('%j is refused, nothing is written', async (body, issue) => {
  const { app, row } = await withStored()

  const reply = await send(app, `POST ${path}`, body)

  expect([reply.status, issuesOf(reply)]).toEqual([422, [issue]])
  expect(await row()).toEqual(ticketRow({ id: rowId(1) }))
})

test('adding with another version in If-Match is refused', async () => {
  const { app } = await withStored()

  const reply = await send(app, `POST ${path}`, { attachments: files(7) }, { 'If-Match': '"2"' })

  expect([reply.status, (await send(app, `GET ${path}`)).json]).toEqual([412, []])
})

test('files added in parallel are all stored', async () => {
  const { app } = await withStored()

  await Promise.all(Array.from({ length: 20 }, (_, n) => send(app, `POST ${path}`, { attachments: files(n) })))

  expect((await send(app, `GET ${path}`)).json).toHaveLength(20)
})
