import type { Generation } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import type { Client, ClientOptions } from '../src/current.ts'
import { baseUrl, failureOf, nthId, recordRequests, requestLines } from './backend.ts'

type CreateClient = (options?: ClientOptions) => Client

/** The suite of the client of `@ai-ticket-creator/sdk/current`. */
export function testCurrentClient(createClient: CreateClient): void {
  const connect = (
    backend: { readonly generation?: Generation; readonly profile?: Profile } = {},
    change: (response: Response, request: Request) => Response | Promise<Response> = (response) => response,
  ) => {
    const store = createMemoryStore()
    const app = createApp({ ...(backend.profile === undefined && { generation: 'current' }), store, ...backend })
    const { seen, fetch } = recordRequests(async (request) => change(await app.fetch(request), request))
    return { seen, store, client: createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false }) }
  }
  /** A client of a backend that answers each request with the next reply. */
  const answering = (...replies: (() => Response)[]) => {
    const { seen, fetch } = recordRequests(() => replies.shift()?.() ?? new Response(null, { status: 404 }))
    return { seen, client: createClient({ baseUrl, token: 'test-token', fetch, retry: false }) }
  }

  describe.each(['current', 'transitional'] as const)('a %s backend', (generation) => {
    test('integrations are created, listed, changed, disabled and deleted', async () => {
      const { client, seen } = connect({ generation })

      const created = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
      const listed = await client.integrations.list({ enabled: true, platform_name: 'jira' }).toArray({ limit: 10 })
      const changed = await client.integrations.update(created.id, { name: 'JIRA 2', enabled: false })
      const found = await client.integrations.findByName('JIRA 2')
      await client.integrations.delete(created.id)

      expect(created).toMatchObject({ integration_category: 'ticketing', platform_name: 'jira', enabled: true })
      expect(listed.map(({ id }) => id)).toEqual([created.id])
      expect([changed.name, changed.enabled, changed.status]).toEqual(['JIRA 2', false, 'inactive'])
      expect(found.id).toBe(created.id)
      expect(seen[0]?.body).toEqual({ name: 'JIRA', integration_category: 'ticketing', platform_name: 'jira' })
    })

    test('a write is not preceded by a read that detects the generation', async () => {
      const { client, seen } = connect({ generation })

      await client.tickets.create({ title: 'Bug Report', description: 'It breaks.' })

      expect(requestLines(seen)).toEqual(['POST /tickets/'])
    })

    test('a ticket is filed by the id of its integration, found by it, and changed by PATCH', async () => {
      const { client, seen } = connect({ generation })
      const { id: integration_id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

      const ticket = await client.tickets.create({ title: 'Bug', description: 'It breaks.', integration_id })
      const found = await client.tickets.list({ integration_id }).toArray({ limit: 10 })
      const assigned = await client.tickets.assign(ticket.id, DEFAULT_USER.id, { reason: 'on call' })
      const closed = await client.tickets.setStatus(ticket.id, 'closed', { resolution_summary: 'Mended.' })

      expect([ticket.integration_id, ticket.integration_result?.success]).toEqual([integration_id, true])
      expect(found.map(({ id }) => id)).toEqual([ticket.id])
      expect([assigned.assigned_to_id, closed.status]).toEqual([DEFAULT_USER.id, 'closed'])
      expect(seen.slice(-2).map(({ method, body }) => [method, body])).toEqual([
        ['PATCH', { assigned_to_id: DEFAULT_USER.id, assignment_reason: 'on call' }],
        ['PATCH', { status: 'closed', resolution_summary: 'Mended.' }],
      ])
    })

    test('a change that PATCH cannot express is merged and written by PUT', async () => {
      const { client, seen } = connect({ generation })
      const { id } = await client.tickets.create({ title: 'Bug', description: 'It breaks.', department: 'IT' })

      const changed = await client.tickets.update(id, { urgency: 'high' })

      expect([changed.urgency, changed.department]).toEqual(['high', 'IT'])
      expect(requestLines(seen).slice(1)).toEqual([`GET /tickets/${id}`, `PUT /tickets/${id}`])
    })

    test('results have the current names only, as plain objects', async () => {
      const { client } = connect({ generation })

      const integration = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
      const ticket = await client.tickets.create({ title: 'Bug', description: 'It breaks.' })

      for (const result of [integration, ticket]) expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
      for (const name of ['is_enabled', 'integration_type']) expect(name in integration).toBe(false)
      for (const name of ['assignee', 'files', 'external_ticket_id']) expect(name in ticket).toBe(false)
    })
  })

  describe('old names in input are refused before anything is sent', () => {
    const id = nthId(1)
    // JavaScript callers are not stopped by the types.
    const old = (input: object) => input as never

    test.each<[string, (client: Client) => Promise<unknown>, string]>([
      [
        'integrations.create',
        ({ integrations }) => integrations.create(old({ name: 'A', integration_type: 'jira' })),
        '`integration_type` is retired; send `platform_name`',
      ],
      [
        'integrations.update',
        ({ integrations }) => integrations.update(id, old({ is_enabled: true })),
        '`is_enabled` is retired; send `enabled`',
      ],
      [
        'integrations.list',
        ({ integrations }) => integrations.list(old({ is_enabled: true })),
        '`is_enabled` is retired; send `enabled`',
      ],
      [
        'tickets.create',
        ({ tickets }) => tickets.create(old({ title: 'A', description: 'B', integration_name: 'JIRA' })),
        '`integration_name` is retired; send `integration_id`',
      ],
      [
        'tickets.replace',
        ({ tickets }) => tickets.replace(id, old({ integration: 'JIRA' })),
        '`integration` is retired; send `integration_id`',
      ],
      [
        'tickets.update with the files of a new ticket',
        ({ tickets }) => tickets.update(id, old({ file_ids: [id] })),
        '`file_ids` is retired; send `attachments`',
      ],
      [
        'tickets.update with the reason of the retired route',
        ({ tickets }) => tickets.update(id, old({ assigned_to_id: id, reason: 'On leave' })),
        '`reason` is retired; send `assignment_reason`',
      ],
      [
        'tickets.list',
        ({ tickets }) => tickets.list(old({ integration_name: 'JIRA' })),
        '`integration_name` is retired; send `integration_id`',
      ],
      [
        'request',
        ({ request }) => request('integrations.create', { body: old({ name: 'A', integration_type: 'jira' }) }),
        '`integration_type` is retired; send `platform_name`',
      ],
    ])('%s', async (_method, call, message) => {
      const { client, seen } = connect()

      expect(await failureOf(call(client))).toMatchObject({
        name: 'InvalidRequestError',
        issues: [{ code: 'retired_field', msg: message }],
      })
      expect(seen).toEqual([])
    })

    test('options about old names are not options of this client', () => {
      for (const option of ['legacyJson', 'onDeprecation', 'cacheKey', 'nameCacheTtl'])
        expect(() => createClient(old({ baseUrl, token: 't', [option]: undefined }))).toThrow(
          new TypeError(`\`${option}\` is not an option of createClient`),
        )
    })

    test('the options that this client fulfils anyway are accepted with that value only', () => {
      const options = { baseUrl, token: 't' }

      expect(() => createClient({ ...options, generation: 'current', legacyFields: false })).not.toThrow()
      expect(() => createClient(old({ ...options, generation: 'auto' }))).toThrow(
        new TypeError("`generation` must be 'current' for this client"),
      )
      expect(() => createClient(old({ ...options, legacyFields: true }))).toThrow(
        new TypeError('`legacyFields` must be false for this client'),
      )
      expect(() => createClient(old({ ...options, legacyFields: 0 }))).toThrow(
        new TypeError('`legacyFields` must be true or false'),
      )
    })
  })

  describe('a reply of an older backend is an error', () => {
    test.each([
      ['legacy', { generation: 'legacy' }],
      ['existing-legacy', { profile: 'existing-legacy' }],
    ] as const)('%s: no call succeeds', async (_name, backend) => {
      const { client, seen } = connect(backend)
      const id = nthId(1)
      const outcomes = [
        await failureOf(client.integrations.create({ name: 'A', platform_name: 'jira' })),
        await failureOf(client.tickets.create({ title: 'A', description: 'B' })),
        await failureOf(client.tickets.update(id, { title: 'B' })),
        await failureOf(client.integrations.enable(id)),
      ]

      expect(outcomes.map((error) => (error as Error).name)).toEqual([
        'ApiError',
        'ResponseMismatchError',
        'ApiError',
        'ApiError',
      ])
      expect(requestLines(seen).filter((line) => line.startsWith('GET'))).toEqual([`GET /integrations/${id}`])
    })

    test('a ticket that a legacy backend created is named, so that nobody creates it again', async () => {
      const { client, store } = connect({ profile: 'existing-legacy' })

      const error = await failureOf(client.tickets.create({ title: 'A', description: 'B' }))

      const { created } = error as { readonly created?: string }
      expect(await store.tickets.find(DEFAULT_USER.organization_id, String(created))).toMatchObject({ title: 'A' })
      expect(error).toMatchObject({
        name: 'ResponseMismatchError',
        message:
          'POST /tickets/ was answered with 201, but the reply has `assignee` and not `assigned_to_id`; for a backend of an older generation, import the client from @ai-ticket-creator/sdk; the write was executed',
      })
    })

    test('a legacy reply is recognized by its header', async () => {
      const headers = { 'API-Generation': 'legacy' }
      const { client } = answering(() => Response.json([], { headers }))

      await expect(client.integrations.list()).rejects.toThrow(
        'GET /integrations/ was answered with 200, but the reply is of a legacy backend; for a backend of an older generation, import the client from @ai-ticket-creator/sdk',
      )
    })

    test('a row of a list that has an old name alone makes the reply an older one', async () => {
      const { client } = answering(() => Response.json([{ id: nthId(1), platform_name: 'jira', is_enabled: true }]))

      await expect(client.integrations.list()).rejects.toThrow('has `is_enabled` and not `enabled`')
    })

    test('an error reply stays the error that it is', async () => {
      const headers = { 'API-Generation': 'legacy' }
      const { client } = answering(() => Response.json({ detail: 'no' }, { status: 403, headers }))

      expect(await failureOf(client.integrations.list())).toMatchObject({ name: 'ApiError', status: 403 })
    })
  })

  describe('writes are verified', () => {
    test('a field that the backend dropped is an error', async () => {
      const { client } = connect({}, async (response, request) =>
        request.method === 'PATCH'
          ? Response.json(Object.assign((await response.json()) as object, { title: 'Old' }))
          : response,
      )
      const { id } = await client.tickets.create({ title: 'Old', description: 'It breaks.' })

      expect(await failureOf(client.tickets.update(id, { title: 'New' }))).toMatchObject({
        name: 'SilentDropError',
        fields: ['title'],
      })
    })

    test('after a 500 the stored row shows that the update was written', async () => {
      const { client, seen } = connect({}, (response, request) =>
        request.method === 'PUT' ? Response.json({ detail: 'Internal Server Error' }, { status: 500 }) : response,
      )
      const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

      const changed = await client.integrations.update(id, { name: 'JIRA 2' })

      expect(changed.name).toBe('JIRA 2')
      expect(requestLines(seen).slice(-2)).toEqual([`PUT /integrations/${id}`, `GET /integrations/${id}`])
    })

    test('secrets are not written to a deployed backend that cannot confirm them', async () => {
      const { client } = connect({ profile: 'existing-latest' })
      const credentials = { email: 'a@example.test', api_token: 'test', api_key: 'test', url: 'https://a.example.test' }
      const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira', credentials })

      expect(await failureOf(client.integrations.update(id, { credentials }))).toMatchObject({
        name: 'UnverifiableWriteError',
        fields: ['credentials'],
      })
    })
  })

  test('a client with changed options calls the same backend', async () => {
    const { client, seen } = connect()

    const { response } = await client
      .withOptions({ headers: { 'X-Trace': 'one' } })
      .tickets.list()
      .withResponse()
    await failureOf(client.withOptions({ token: 'wrong' }).tickets.list())

    expect([response.generation, response.requestGeneration]).toEqual(['current', 'current'])
    expect(seen.map(({ headers }) => [headers['x-trace'], headers['authorization']])).toEqual([
      ['one', `Bearer ${DEFAULT_USER.token}`],
      [undefined, 'Bearer wrong'],
    ])
  })
}
