import type { Generation } from '@ai-ticket-creator/domain'
import { type AppOptions, createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientEvent, type ClientOptions, createClient } from '../src/index.ts'
import { baseUrl, connectTo, failureOf, nthId, recordRequests, requestLines } from './backend.ts'

/** A client with `generation: 'auto'`, and a backend behind a proxy that may remove its headers. */
function connectWithAuto(
  { strip = false, ...app }: AppOptions & { strip?: boolean } = {},
  options: Partial<ClientOptions> = {},
) {
  const backend = createApp(app)
  const { seen, fetch } = recordRequests(async (request) => {
    const { status, headers, body } = await backend.fetch(request)
    const kept = strip ? { 'Content-Type': headers.get('Content-Type') ?? '' } : headers
    return new Response(body, { status, headers: kept })
  })
  const create = () => createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false, ...options })
  return { backend, seen, create, client: create() }
}

const jira = { name: 'Bugs', platform_name: 'jira' } as const
const json = (value: unknown, status = 200, headers = {}): Response => Response.json(value, { status, headers })

describe('an unknown backend', () => {
  test('is not probed before a read', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy' })

    await client.tickets.list()

    expect(requestLines(seen)).toEqual(['GET /tickets/?page=1&size=20'])
  })

  test('is probed once before concurrent first writes', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy' })

    await Promise.all([1, 2, 3].map((n) => client.integrations.create({ ...jira, name: `Bugs ${n}` })))

    expect(requestLines(seen)).toEqual([
      'GET /integrations/?limit=1',
      'POST /integrations/',
      'POST /integrations/',
      'POST /integrations/',
    ])
    expect(seen.at(-1)?.body).toEqual({ name: 'Bugs 3', integration_type: 'jira' })
  })

  test('is not probed when a read has shown its generation', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy' })

    await client.tickets.stats()
    await client.integrations.create(jira)

    expect(requestLines(seen)).toEqual(['GET /tickets/stats/overview', 'POST /integrations/'])
    expect(seen[1]?.body).toEqual({ name: 'Bugs', integration_type: 'jira' })
  })

  test('gets current requests when the probe shows nothing, and legacy ones after a refusal that shows it', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy', strip: true })

    await client.integrations.create(jira)
    await client.integrations.create({ ...jira, name: 'More' })

    expect(requestLines(seen)).toEqual([
      'GET /integrations/?limit=1',
      'POST /integrations/',
      'POST /integrations/',
      'POST /integrations/',
    ])
    expect(seen.map(({ body }) => body)).toEqual([
      undefined,
      { name: 'Bugs', integration_category: 'ticketing', platform_name: 'jira' },
      { name: 'Bugs', integration_type: 'jira' },
      { name: 'More', integration_type: 'jira' },
    ])
  })

  test('never gets both spellings in one request', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy', strip: true })

    await client.integrations.create({ ...jira, enabled: false })

    for (const { body } of seen) {
      const text = JSON.stringify(body ?? {})
      expect(text.includes('integration_type') && text.includes('platform_name')).toBe(false)
      expect(text.includes('is_enabled') && text.includes('"enabled"')).toBe(false)
    }
  })

  test('is probed by its OpenAPI document when a list has shown nothing', async () => {
    const { seen, fetch } = recordRequests((request) => {
      if (request.url.endsWith('/openapi.json'))
        return json({ components: { X: { properties: { integration_type: {} } } } })
      return json(request.method === 'GET' ? [] : { id: '1', integration_type: 'jira' })
    })
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.integrations.list()
    await client.integrations.create(jira)

    expect(requestLines(seen).slice(1)).toEqual(['GET /openapi.json', 'POST /integrations/'])
    expect(seen[2]?.body).toEqual({ name: 'Bugs', integration_type: 'jira' })
    expect((await client.diagnose()).detectedBy).toMatchObject({ generation: 'legacy', source: 'openapi' })
  })

  test('is probed by the integration of a ticket rather than by the document, also after an empty list', async () => {
    const { seen, fetch } = recordRequests((request) => {
      if (request.method === 'POST') return json({ id: '1', integration_id: nthId(1) }, 201)
      return json(request.url.includes(nthId(1)) ? { id: nthId(1), platform_name: 'jira' } : [])
    })
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.integrations.list()
    await client.tickets.create({ title: 'Bug', description: 'b', integration_id: nthId(1) })

    expect(requestLines(seen).slice(1)).toEqual([`GET /integrations/${nthId(1)}`, 'POST /tickets/'])
  })

  test('is detected from the integration that a ticket is filed with', async () => {
    const { seen, fetch } = recordRequests((request) =>
      request.method === 'GET'
        ? json({ id: nthId(1), name: 'Bugs', status: 'active', platform_name: 'jira' })
        : json({ id: 't1', integration_id: nthId(1) }, 201),
    )
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.tickets.create({ title: 'a', description: 'b', integration_id: nthId(1) })

    expect(requestLines(seen)).toEqual([`GET /integrations/${nthId(1)}`, 'POST /tickets/'])
  })

  test('is probed once also when the probe fails, and that does not fail the write', async () => {
    const { client, seen } = connectTo(
      ({ method }) => (method === 'GET' ? json({}, 503) : json({ id: '1', name: 'Bugs' })),
      { generation: 'auto', retry: {} },
    )

    await client.integrations.create(jira)
    await client.integrations.create(jira)

    expect(requestLines(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('is probed with the headers of the call, which may select another tenant', async () => {
    const { client, seen } = connectWithAuto({ generation: 'legacy' })

    await client.integrations.create(jira, { headers: { 'X-Tenant': 'north' } })

    expect(seen.map(({ headers }) => headers['x-tenant'])).toEqual(['north', 'north'])
  })

  test('gets no probe when there is no token, and the write fails with the reason', async () => {
    const { client, seen } = connectTo(() => json({}), {
      generation: 'auto',
      token: () => {
        throw new Error('the vault is closed')
      },
    })

    expect(await failureOf(client.integrations.create(jira))).toMatchObject({ message: 'the vault is closed' })
    expect(seen).toEqual([])
  })

  test('does not delay the abort of a call that waits for the probe', async () => {
    const held = Promise.withResolvers<Response>()
    const controller = new AbortController()
    const { client } = connectTo(() => held.promise, { generation: 'auto' })

    const creating = failureOf(client.integrations.create(jira, { signal: controller.signal }))
    controller.abort(new Error('enough'))

    expect(await creating).toMatchObject({ message: 'enough' })
    held.resolve(json([]))
  })
})

describe('a detected generation', () => {
  test('is shared by all clients of the process with the same address and fetch', async () => {
    const { create, seen } = connectWithAuto({ generation: 'legacy' })
    await create().tickets.stats()

    await create().integrations.create(jira)

    expect(requestLines(seen)).toEqual(['GET /tickets/stats/overview', 'POST /integrations/'])
  })

  test('is not shared with another address or another fetch', async () => {
    const [one, other] = [connectWithAuto({ generation: 'legacy' }), connectWithAuto({ generation: 'current' })]
    await one.client.tickets.stats()

    await other.client.integrations.create(jira)
    await one.client.withOptions({ baseUrl: `${baseUrl}/desk` }).diagnose()

    expect(other.seen[0]?.target).toBe('/integrations/?limit=1')
    expect(one.seen[1]?.target).toBe('/desk/integrations/?limit=1')
  })

  test('never overrides the option', async () => {
    const { client, seen, backend } = connectWithAuto({ generation: 'current' })
    const legacy = client.withOptions({ generation: 'legacy' })
    await client.tickets.stats()

    const refused = await failureOf(legacy.integrations.create(jira))
    backend.switchGeneration('transitional')
    await legacy.integrations.create(jira)

    expect(refused).toMatchObject({ name: 'ApiError', status: 422 })
    expect(seen.slice(1).map(({ body }) => body)).toEqual([
      { name: 'Bugs', integration_type: 'jira' },
      { name: 'Bugs', integration_type: 'jira' },
    ])
  })
})

test.each([
  ['current', 'legacy'],
  ['legacy', 'current'],
] as const)(
  'a %s backend that refuses the %s request of an explicit option gets one request',
  async (generation, requested) => {
    const { client, seen } = connectWithAuto({ generation }, { generation: requested })

    const error = await failureOf(client.integrations.create(jira))

    expect(error).toMatchObject({ name: 'ApiError', status: 422 })
    expect(requestLines(seen)).toEqual(['POST /integrations/'])
  },
)

describe('a backend that changes its generation', () => {
  const flips: [from: Generation, to: Generation][] = [
    ['current', 'legacy'],
    ['transitional', 'legacy'],
    ['legacy', 'current'],
  ]
  test.each(flips)('from %s to %s: a refused write is sent again in the other generation', async (from, to) => {
    const { client, backend, seen } = connectWithAuto({ generation: from, strip: true })
    const { id } = await client.integrations.create(jira)
    const ticket = await client.tickets.create({ title: 'a', description: 'b' })
    await client.integrations.retrieve(id)
    backend.switchGeneration(to)

    const opened = await client.tickets.setStatus(ticket.id, 'open')
    const off = await client.integrations.disable(id)
    const other = await client.integrations.create({ ...jira, name: 'More', enabled: false })

    expect([opened.status, off.enabled, other.enabled]).toEqual(['open', false, false])
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(from === 'legacy' ? 4 : 3)
  })

  test('is noticed when it creates a ticket and ignores its integration', async () => {
    const { client, backend } = connectWithAuto({ generation: 'current' })
    const { id } = await client.integrations.create(jira)
    backend.switchGeneration('legacy')

    const error = await failureOf(client.tickets.create({ title: 'a', description: 'b', integration_id: id }))
    const again = await client.tickets.create({ title: 'b', description: 'b', integration_id: id })

    const [first] = (await client.tickets.list({ sort_by: 'title', sort_order: 'asc' })).items
    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['integration_id'], id: first?.id })
    expect(again.integration_result?.success).toBe(true)
  })

  test('is noticed when it creates a ticket and ignores its files: there is one ticket, and the error has its id', async () => {
    const { client, backend } = connectWithAuto({ generation: 'current' })
    await client.tickets.stats()
    backend.switchGeneration('legacy')

    const attachments = [{ file_id: nthId(7) }]
    const error = await failureOf(client.tickets.create({ title: 'a', description: 'b', attachments }))

    const { items } = await client.tickets.list()
    expect(items).toHaveLength(1)
    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['attachments'], id: items[0]?.id })
  })

  test('is noticed when it accepts a status call and does nothing', async () => {
    // It changes after the client has read the integration.
    const onEvent = (event: ClientEvent) => {
      if (event.type === 'attempt' && event.endpoint === 'integrations.retrieve')
        backend.switchProfile('existing-refactored')
    }
    const { client, backend, seen } = connectWithAuto({ profile: 'existing-legacy' }, { onEvent })
    const { id } = await client.integrations.create({
      ...jira,
      auth_type: 'custom',
      credentials: { url: 'https://jira.example.test', email: 'a@example.test', api_token: 't' },
    } as never)

    const off = await client.integrations.disable(id)

    expect(off.status).toBe('inactive')
    expect(seen.map(({ body }) => body)).toEqual(expect.arrayContaining([{ status: 'inactive' }, { enabled: false }]))
  })

  test('twice within a call: the refusal is the error, and nothing is sent a third time', async () => {
    const gone = (field: string) => json({ detail: [{ type: 'missing', loc: ['body', field], msg: 'required' }] }, 422)
    const { client, seen } = connectTo(
      async (request) => {
        if (request.method === 'GET') return json([])
        return gone((await request.text()).includes('integration_type') ? 'platform_name' : 'integration_type')
      },
      { generation: 'auto' },
    )

    const error = await failureOf(client.integrations.create(jira))

    expect(error).toMatchObject({ name: 'ApiError', status: 422 })
    expect(requestLines(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('a create whose earlier attempt may have been executed is not sent in the other generation', async () => {
    const replies = [
      () => json([], 200, { 'API-Generation': 'current', 'API-Capabilities': 'idempotency-key' }),
      () => Promise.reject(new TypeError('fetch failed')),
      () => json({ detail: [{ type: 'missing', loc: ['body', 'integration_type'], msg: 'required' }] }, 422),
    ]
    const { client, seen } = connectTo(() => replies.shift()?.() ?? json({ id: '1' }), {
      generation: 'auto',
      maxRetries: 1,
      retry: { baseDelay: 1 },
    })

    const error = await failureOf(client.integrations.create(jira))

    expect(error).toMatchObject({ name: 'OutcomeUnknownError', cause: { name: 'ApiError', status: 422 } })
    expect(requestLines(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('a PUT that may have cleared absent fields fails with that reason', async () => {
    const { client, backend } = connectWithAuto({ profile: 'existing-legacy' })
    await client.integrations.create({
      ...jira,
      auth_type: 'custom',
      credentials: { url: 'https://jira.example.test', email: 'a@example.test', api_token: 't' },
    } as never)
    const { id } = await client.tickets.create({ title: 'a', description: 'b', department: 'IT' })
    backend.switchProfile('existing-latest')

    const error = await failureOf(client.tickets.update(id, { title: 'c' }))

    expect(error).toMatchObject({ name: 'ResponseMismatchError', endpoint: 'tickets.replace' })
    expect((error as Error).message).toContain('`department`')
  })
})

describe('a list with filters', () => {
  const two = async (options: AppOptions & { strip?: boolean }) => {
    const met = connectWithAuto(options)
    const { client, seen } = met
    const zoom = { name: 'Zoom', platform_name: 'zoom', enabled: false } as const
    await client.integrations.create(zoom)
    await client.integrations.create(jira)
    seen.length = 0
    return met
  }

  test.each([
    ['current', 'legacy'],
    ['legacy', 'current'],
  ] as const)('from %s to %s: is requested again in the generation of the backend', async (from, to) => {
    const { client, backend, seen } = await two({ generation: from, strip: true })
    backend.switchGeneration(to)

    const { items } = await client.integrations.list({ enabled: false })

    expect(items.map(({ name }) => name)).toEqual(['Zoom'])
    expect(requestLines(seen)).toEqual([
      `GET /integrations/?${{ legacy: 'is_enabled', current: 'enabled' }[from]}=false&offset=0&limit=20`,
      `GET /integrations/?${{ legacy: 'is_enabled', current: 'enabled' }[to]}=false&offset=0&limit=20`,
    ])
  })

  test('is repeated for client.request as well', async () => {
    const { client, backend } = await two({ generation: 'current', strip: true })
    backend.switchGeneration('legacy')

    const rows = await client.request('integrations.list', { query: { enabled: false } })

    expect(rows.map(({ name }) => name)).toEqual(['Zoom'])
  })

  test('of a fleet of both generations: the client filters the rows itself, or refuses', async () => {
    let hidden = false
    const rows = (field: string) => [
      { id: '1', name: 'On', status: hidden ? 'pending' : 'active', [field]: 'jira' },
      { id: '2', name: 'Off', status: 'inactive', [field]: 'jira' },
    ]
    const answer = ({ url }: Request) => json(rows(url.includes('is_enabled') ? 'platform_name' : 'integration_type'))
    const { client } = connectTo(answer, { generation: 'auto' })

    const { items } = await client.integrations.list({ enabled: false })
    hidden = true
    const unseen = await failureOf(client.integrations.list({ enabled: false }))
    const unfiltered = await failureOf(client.request('integrations.list', { query: { enabled: false } }))

    expect(items.map(({ name }) => name)).toEqual(['Off'])
    expect(unseen).toMatchObject({ name: 'FilterNotSupportedError', filter: 'enabled' })
    expect(unfiltered).toMatchObject({ name: 'FilterNotSupportedError', filter: 'enabled' })
  })

  test('is not repeated after another kind of failure', async () => {
    const { client, seen } = connectTo(() => json({ detail: 'no' }, 403), { generation: 'auto' })

    await failureOf(client.integrations.list({ enabled: false }))
    await failureOf(client.request('integrations.list', { query: { enabled: false } }))

    expect(seen).toHaveLength(2)
  })
})

test('withResponse and events have the generation of the request and of the reply', async () => {
  const events: ClientEvent[] = []
  const { client } = connectWithAuto({ generation: 'legacy' }, { onEvent: (event) => events.push(event) })

  const { response } = await client.integrations.create(jira).withResponse()

  expect(response).toMatchObject({ requestGeneration: 'legacy', generation: 'legacy' })
  expect(events.flatMap((event) => (event.type === 'attempt' ? [event.requestGeneration] : []))).toEqual([
    undefined,
    'legacy',
  ])
})
