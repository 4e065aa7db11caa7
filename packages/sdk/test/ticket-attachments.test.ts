// Files of a ticket on the newest existing backend, answered by hand (existing backend: attachments of a ticket).
import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../src/index.ts'
import { baseUrl, connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

const id = nthId(1)
const [first, second] = [nthId(77), nthId(78)]

/** It reads `file_ids`, saves them and answers 500. It lists the files of every ticket, those of others included. */
function existingBackend(options: Partial<ClientOptions> & { stores?: boolean; isOwn?: boolean } = {}) {
  const { stores = true, isOwn = true, ...clientOptions } = options
  let files = [first]
  return connectTo(async (request) => {
    const { pathname } = new URL(request.url)
    if (request.method === 'POST') {
      const { file_ids: added = [] } = (await request.json()) as { file_ids?: string[] }
      if (stores) files = [...files, ...added]
      return Response.json({ detail: "'Ticket' object has no attribute 'files'" }, { status: 500 })
    }
    if (pathname.endsWith('/attachments')) return Response.json(files.map((file) => ({ id: file, filename: 'a.txt' })))
    if (!isOwn) return Response.json({ detail: 'Ticket not found' }, { status: 404 })
    return Response.json({ id, title: 'A', attachments: files.map((file_id) => ({ file_id })) })
  }, clientOptions)
}

describe('on an existing backend', () => {
  test('files are added in the form that it reads, and the stored ticket is returned', async () => {
    const { client, seen } = existingBackend()

    const ticket = await client.tickets.attachments.add(id, [{ file_id: second }])

    expect(ticket.attachments).toEqual([{ file_id: first }, { file_id: second }])
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['GET', undefined],
      ['POST', { file_ids: [second] }],
      ['GET', undefined],
    ])
  })

  test('files that were not stored are an error', async () => {
    const { client } = existingBackend({ stores: false })

    const error = await failureOf(client.tickets.attachments.add(id, [{ file_id: second }]))

    expect(error).toMatchObject({ name: 'ApiError', status: 500, endpoint: 'tickets.addAttachments' })
  })

  test('nothing is sent for a ticket of another organization', async () => {
    const { client, seen } = existingBackend({ isOwn: false })

    const error = await failureOf(client.tickets.attachments.add(id, [{ file_id: second }]))

    expect(error).toMatchObject({ name: 'ApiError', status: 404 })
    expect(requestLines(seen)).toEqual([`GET /tickets/${id}`])
  })

  test('the files of a ticket of another organization are not returned', async () => {
    const { client } = existingBackend({ isOwn: false })

    const error = await failureOf(client.tickets.attachments.list(id))

    expect(error).toMatchObject({ name: 'ApiError', status: 404 })
  })

  test('files are listed with their `file_id`', async () => {
    const { client } = existingBackend()

    const files = await client.tickets.attachments.list(id)

    expect(files).toMatchObject([{ file_id: first }])
  })
})

describe('under strict validation', () => {
  const headers = { 'API-Capabilities': 'if-match' }

  test('files without `file_id` are accepted, because the client adds it', async () => {
    const { client } = connectTo(() => Response.json([{ id: first }], { headers }), { validation: 'strict' })

    const files = await client.tickets.attachments.list(id)

    expect(files).toMatchObject([{ file_id: first }])
  })

  test.each([
    ['legacy', { outcome: 'accepted' }],
    ['current', { outcome: { name: 'ResponseMismatchError', mismatches: [{ path: 'department' }] } }],
  ] as const)('a ticket without a nullable field is accepted from legacy only: %s', async (generation, expected) => {
    const { client: reference } = connect()
    const { department, ...ticket } = await reference.tickets.create({ title: 'A', description: 'B' })
    expect(department).toBeNull()
    const { client } = connectTo(() => Response.json(ticket, { headers }), { validation: 'strict', generation })

    const outcome = await client.tickets.retrieve(id).then(
      () => 'accepted',
      (error: unknown) => error,
    )

    expect({ outcome }).toMatchObject(expected)
  })
})

test('a backend that announces what it can do gets the attachments at once', async () => {
  const { client, seen } = connect()
  await client.tickets.create({ title: 'A', description: 'B' })
  seen.length = 0

  await client.tickets.attachments.add(id, [{ file_id: first }])
  await client.tickets.attachments.list(id)

  expect(requestLines(seen)).toEqual([`POST /tickets/${id}/attachments`, `GET /tickets/${id}/attachments`])
})

test('a proxy that removes the headers does not keep files from being added', async () => {
  const app = createApp()
  const fetch = async (request: Request): Promise<Response> => {
    const { body, status } = await app.fetch(request)
    return new Response(body, { status, headers: { 'Content-Type': 'application/json' } })
  }
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false })
  await client.tickets.create({ title: 'A', description: 'B' })

  const ticket = await client.tickets.attachments.add(id, [{ file_id: first }])

  expect(ticket.attachments).toEqual([{ file_id: first }])
})
