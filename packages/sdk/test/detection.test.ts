import type { Generation } from '@ai-ticket-creator/domain'
import { type AppOptions, createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientEvent, type ClientOptions, createClient } from '../src/index.ts'
import { asked, baseUrl, failure, nthId, recording, told } from './backend.ts'

/** A client that finds out, and the backend behind a proxy that may strip its headers. */
function meet({ strip = false, ...app }: AppOptions & { strip?: boolean } = {}, options: Partial<ClientOptions> = {}) {
  const backend = createApp(app)
  const { seen, fetch } = recording(async (request) => {
    const { status, headers, body } = await backend.fetch(request)
    const kept = strip ? { 'Content-Type': headers.get('Content-Type') ?? '' } : headers
    return new Response(body, { status, headers: kept })
  })
  const create = () => createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false, ...options })
  return { backend, seen, create, client: create() }
}

const jira = { name: 'Bugs', platform_name: 'jira' } as const
const json = (value: unknown, status = 200, headers = {}): Response => Response.json(value, { status, headers })

describe('a backend that nobody knows yet', () => {
  test('is not asked before a read', async () => {
    const { client, seen } = meet({ generation: 'legacy' })

    await client.tickets.list()

    expect(asked(seen)).toEqual(['GET /tickets/?page=1&size=20'])
  })

  test('is asked once before a first write, by whichever of many comes first', async () => {
    const { client, seen } = meet({ generation: 'legacy' })

    await Promise.all([1, 2, 3].map((n) => client.integrations.create({ ...jira, name: `Bugs ${n}` })))

    expect(asked(seen)).toEqual([
      'GET /integrations/?limit=1',
      'POST /integrations/',
      'POST /integrations/',
      'POST /integrations/',
    ])
    expect(seen.at(-1)?.body).toEqual({ name: 'Bugs 3', integration_type: 'jira' })
  })

  test('is asked for no more when a read has shown its generation', async () => {
    const { client, seen } = meet({ generation: 'legacy' })

    await client.tickets.stats()
    await client.integrations.create(jira)

    expect(asked(seen)).toEqual(['GET /tickets/stats/overview', 'POST /integrations/'])
    expect(seen[1]?.body).toEqual({ name: 'Bugs', integration_type: 'jira' })
  })

  test('is met in the current words when it shows nothing, and in the old ones after a refusal that shows it', async () => {
    const { client, seen } = meet({ generation: 'legacy', strip: true })

    await client.integrations.create(jira)
    await client.integrations.create({ ...jira, name: 'More' })

    expect(asked(seen)).toEqual([
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

  test('never hears both spellings in one request', async () => {
    const { client, seen } = meet({ generation: 'legacy', strip: true })

    await client.integrations.create({ ...jira, enabled: false })

    for (const { body } of seen) {
      const text = JSON.stringify(body ?? {})
      expect(text.includes('integration_type') && text.includes('platform_name')).toBe(false)
      expect(text.includes('is_enabled') && text.includes('"enabled"')).toBe(false)
    }
  })

  test('is asked for the document of its API when a list has shown nothing', async () => {
    const { seen, fetch } = recording((request) => {
      if (request.url.endsWith('/openapi.json'))
        return json({ components: { X: { properties: { integration_type: {} } } } })
      return json(request.method === 'GET' ? [] : { id: '1', integration_type: 'jira' })
    })
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.integrations.list()
    await client.integrations.create(jira)

    expect(asked(seen).slice(1)).toEqual(['GET /openapi.json', 'POST /integrations/'])
    expect(seen[2]?.body).toEqual({ name: 'Bugs', integration_type: 'jira' })
    expect((await client.diagnose()).detectedBy).toMatchObject({ generation: 'legacy', source: 'openapi' })
  })

  test('is asked for the integration of a ticket rather than for the document, also after an empty list', async () => {
    const { seen, fetch } = recording((request) => {
      if (request.method === 'POST') return json({ id: '1', integration_id: nthId(1) }, 201)
      return json(request.url.includes(nthId(1)) ? { id: nthId(1), platform_name: 'jira' } : [])
    })
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.integrations.list()
    await client.tickets.create({ title: 'Bug', description: 'b', integration_id: nthId(1) })

    expect(asked(seen).slice(1)).toEqual([`GET /integrations/${nthId(1)}`, 'POST /tickets/'])
  })

  test('shows itself by the integration that a ticket is filed with', async () => {
    const { seen, fetch } = recording((request) =>
      request.method === 'GET'
        ? json({ id: nthId(1), name: 'Bugs', status: 'active', platform_name: 'jira' })
        : json({ id: 't1', integration_id: nthId(1) }, 201),
    )
    const client = createClient({ baseUrl, token: 't', fetch })

    await client.tickets.create({ title: 'a', description: 'b', integration_id: nthId(1) })

    expect(asked(seen)).toEqual([`GET /integrations/${nthId(1)}`, 'POST /tickets/'])
  })

  test('is asked once also when that fails, and its failure is not that of the write', async () => {
    const { client, seen } = told(
      ({ method }) => (method === 'GET' ? json({}, 503) : json({ id: '1', name: 'Bugs' })),
      { generation: 'auto', retry: {} },
    )

    await client.integrations.create(jira)
    await client.integrations.create(jira)

    expect(asked(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('is asked with the headers of the call, which may name another tenant', async () => {
    const { client, seen } = meet({ generation: 'legacy' })

    await client.integrations.create(jira, { headers: { 'X-Tenant': 'north' } })

    expect(seen.map(({ headers }) => headers['x-tenant'])).toEqual(['north', 'north'])
  })

  test('whose token can not be had is not asked at all, and the write says why', async () => {
    const { client, seen } = told(() => json({}), {
      generation: 'auto',
      token: () => {
        throw new Error('the vault is closed')
      },
    })

    expect(await failure(client.integrations.create(jira))).toMatchObject({ message: 'the vault is closed' })
    expect(seen).toEqual([])
  })

  test('is not waited for by who gives up', async () => {
    const held = Promise.withResolvers<Response>()
    const controller = new AbortController()
    const { client } = told(() => held.promise, { generation: 'auto' })

    const creating = failure(client.integrations.create(jira, { signal: controller.signal }))
    controller.abort(new Error('enough'))

    expect(await creating).toMatchObject({ message: 'enough' })
    held.resolve(json([]))
  })
})

describe('what is learned', () => {
  test('is known to all clients of the process that reach the backend in the same way', async () => {
    const { create, seen } = meet({ generation: 'legacy' })
    await create().tickets.stats()

    await create().integrations.create(jira)

    expect(asked(seen)).toEqual(['GET /tickets/stats/overview', 'POST /integrations/'])
  })

  test('is not known to one that lives elsewhere, or has another `fetch`', async () => {
    const [one, other] = [meet({ generation: 'legacy' }), meet({ generation: 'current' })]
    await one.client.tickets.stats()

    await other.client.integrations.create(jira)
    await one.client.withOptions({ baseUrl: `${baseUrl}/desk` }).diagnose()

    expect(other.seen[0]?.target).toBe('/integrations/?limit=1')
    expect(one.seen[1]?.target).toBe('/desk/integrations/?limit=1')
  })

  test('never overrides what the option says', async () => {
    const { client, seen, backend } = meet({ generation: 'current' })
    const legacy = client.withOptions({ generation: 'legacy' })
    await client.tickets.stats()

    const refused = await failure(legacy.integrations.create(jira))
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
] as const)('a %s backend that refuses %s words, which were asked for, is asked once', async (generation, words) => {
  const { client, seen } = meet({ generation }, { generation: words })

  const error = await failure(client.integrations.create(jira))

  expect(error).toMatchObject({ name: 'ApiError', status: 422 })
  expect(asked(seen)).toEqual(['POST /integrations/'])
})

describe('a backend that changes in mid-process', () => {
  const flips: [from: Generation, to: Generation][] = [
    ['current', 'legacy'],
    ['transitional', 'legacy'],
    ['legacy', 'current'],
  ]
  test.each(flips)('from %s to %s: what is refused is sent again in the other words', async (from, to) => {
    const { client, backend, seen } = meet({ generation: from, strip: true })
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

  test('is noticed when it takes a ticket and does not read its integration', async () => {
    const { client, backend } = meet({ generation: 'current' })
    const { id } = await client.integrations.create(jira)
    backend.switchGeneration('legacy')

    const error = await failure(client.tickets.create({ title: 'a', description: 'b', integration_id: id }))
    const again = await client.tickets.create({ title: 'b', description: 'b', integration_id: id })

    const [first] = (await client.tickets.list({ sort_by: 'title', sort_order: 'asc' })).items
    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['integration_id'], id: first?.id })
    expect(again.integration_result?.success).toBe(true)
  })

  test('is noticed when it takes a ticket and does not read its files: there is one ticket, and the error has its id', async () => {
    const { client, backend } = meet({ generation: 'current' })
    await client.tickets.stats()
    backend.switchGeneration('legacy')

    const attachments = [{ file_id: nthId(7) }]
    const error = await failure(client.tickets.create({ title: 'a', description: 'b', attachments }))

    const { items } = await client.tickets.list()
    expect(items).toHaveLength(1)
    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['attachments'], id: items[0]?.id })
  })

  test('is noticed when it takes a status call and does nothing', async () => {
    const { client, backend, seen } = meet({ profile: 'existing-legacy' })
    const { id } = await client.integrations.create({
      ...jira,
      auth_type: 'custom',
      credentials: { url: 'https://jira.example.test', email: 'a@example.test', api_token: 't' },
    } as never)
    backend.switchProfile('existing-refactored')

    const off = await client.integrations.disable(id)

    expect(off.status).toBe('inactive')
    expect(seen.slice(-2).map(({ body }) => body)).toEqual([{ status: 'inactive' }, { enabled: false }])
  })

  test('once more while the words are changed: the refusal is told, and nothing is sent a third time', async () => {
    const gone = (word: string) => json({ detail: [{ type: 'missing', loc: ['body', word], msg: 'required' }] }, 422)
    const { client, seen } = told(
      async (request) => {
        if (request.method === 'GET') return json([])
        return gone((await request.text()).includes('integration_type') ? 'platform_name' : 'integration_type')
      },
      { generation: 'auto' },
    )

    const error = await failure(client.integrations.create(jira))

    expect(error).toMatchObject({ name: 'ApiError', status: 422 })
    expect(asked(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('a create whose earlier try may have been carried out is not sent in other words', async () => {
    const replies = [
      () => json([], 200, { 'API-Generation': 'current', 'API-Capabilities': 'idempotency-key' }),
      () => Promise.reject(new TypeError('fetch failed')),
      () => json({ detail: [{ type: 'missing', loc: ['body', 'integration_type'], msg: 'required' }] }, 422),
    ]
    const { client, seen } = told(() => replies.shift()?.() ?? json({ id: '1' }), {
      generation: 'auto',
      retry: { attempts: 2, baseDelay: 1 },
    })

    const error = await failure(client.integrations.create(jira))

    expect(error).toMatchObject({ name: 'ApiError', status: 422 })
    expect(asked(seen)).toEqual(['GET /integrations/?limit=1', 'POST /integrations/', 'POST /integrations/'])
  })

  test('a PUT that may have cleared what it left out says so', async () => {
    const { client, backend } = meet({ profile: 'existing-legacy' })
    await client.integrations.create({
      ...jira,
      auth_type: 'custom',
      credentials: { url: 'https://jira.example.test', email: 'a@example.test', api_token: 't' },
    } as never)
    const { id } = await client.tickets.create({ title: 'a', description: 'b', department: 'IT' })
    backend.switchProfile('existing-latest')

    const error = await failure(client.tickets.update(id, { title: 'c' }))

    expect(error).toMatchObject({ name: 'ResponseMismatchError', endpoint: 'tickets.replace' })
    expect((error as Error).message).toContain('`department`')
  })
})

describe('a list with filters', () => {
  const two = async (options: AppOptions & { strip?: boolean }) => {
    const met = meet(options)
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
  ] as const)('from %s to %s: is asked again in the words of the backend', async (from, to) => {
    const { client, backend, seen } = await two({ generation: from, strip: true })
    backend.switchGeneration(to)

    const { items } = await client.integrations.list({ enabled: false })

    expect(items.map(({ name }) => name)).toEqual(['Zoom'])
    expect(asked(seen)).toEqual([
      `GET /integrations/?${{ legacy: 'is_enabled', current: 'enabled' }[from]}=false&offset=0&limit=20`,
      `GET /integrations/?${{ legacy: 'is_enabled', current: 'enabled' }[to]}=false&offset=0&limit=20`,
    ])
  })

  test('by its endpoint as well', async () => {
    const { client, backend } = await two({ generation: 'current', strip: true })
    backend.switchGeneration('legacy')

    const rows = await client.request('integrations.list', { query: { enabled: false } })

    expect(rows.map(({ name }) => name)).toEqual(['Zoom'])
  })

  test('of a fleet that changes with each request: the client looks at the rows itself, or says that it can not', async () => {
    let hidden = false
    const rows = (word: string) => [
      { id: '1', name: 'On', status: hidden ? 'pending' : 'active', [word]: 'jira' },
      { id: '2', name: 'Off', status: 'inactive', [word]: 'jira' },
    ]
    const answer = ({ url }: Request) => json(rows(url.includes('is_enabled') ? 'platform_name' : 'integration_type'))
    const { client } = told(answer, { generation: 'auto' })

    const { items } = await client.integrations.list({ enabled: false })
    hidden = true
    const unseen = await failure(client.integrations.list({ enabled: false }))
    const unfiltered = await failure(client.request('integrations.list', { query: { enabled: false } }))

    expect(items.map(({ name }) => name)).toEqual(['Off'])
    expect(unseen).toMatchObject({ name: 'FilterNotSupportedError', filter: 'enabled' })
    expect(unfiltered).toMatchObject({ name: 'FilterNotSupportedError', filter: 'enabled' })
  })

  test('a failure of another kind is no reason to ask again', async () => {
    const { client, seen } = told(() => json({ detail: 'no' }, 403), { generation: 'auto' })

    await failure(client.integrations.list({ enabled: false }))
    await failure(client.request('integrations.list', { query: { enabled: false } }))

    expect(seen).toHaveLength(2)
  })
})

test('withResponse and events tell what was spoken, and what the reply showed', async () => {
  const events: ClientEvent[] = []
  const { client } = meet({ generation: 'legacy' }, { onEvent: (event) => events.push(event) })

  const { response } = await client.integrations.create(jira).withResponse()

  expect(response).toMatchObject({ requestGeneration: 'legacy', generation: 'legacy' })
  expect(events.flatMap((event) => (event.type === 'attempt' ? [event.requestGeneration] : []))).toEqual([
    undefined,
    'legacy',
  ])
})
