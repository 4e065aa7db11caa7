import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { connectTo, failureOf, nthId, type Seen } from './backend.ts'

// Two organizations. Each has an integration of the same name, with its own id.
const integrationOf: Readonly<Record<string, string>> = { 'token-a': nthId(1), 'token-b': nthId(2) }
const tokenIn = ({ headers }: Pick<Seen, 'headers'>): string => headers['authorization']?.replace('Bearer ', '') ?? ''

/** A backend that lists the integration of the caller's organization and accepts no other in a ticket. */
function organizations(isExpired: (token: string, request: Request) => boolean = () => false) {
  return async (request: Request): Promise<Response> => {
    const token = request.headers.get('Authorization')?.replace('Bearer ', '') ?? ''
    if (isExpired(token, request)) return Response.json({ detail: 'expired' }, { status: 401 })
    const id = integrationOf[token.replace(/-\d+$/, '')]
    if (request.method === 'GET')
      return Response.json([{ id, name: 'Bugs', platform_name: 'jira', status: 'active', enabled: true }])
    const body = (await request.clone().json()) as { integration_id: string }
    return body.integration_id === id
      ? Response.json({ ...body, id: nthId(9) }, { status: 201 })
      : Response.json({ detail: 'no', code: 'integration_not_found' }, { status: 422 })
  }
}

const bug = { title: 'T', description: 'D', integration_name: 'Bugs' } as const

/** Token and integration of each ticket. */
const tickets = (seen: readonly Seen[]) =>
  seen
    .filter(({ method }) => method === 'POST')
    .map((request) => [tokenIn(request), (request.body as { integration_id: string }).integration_id])
const lookups = (seen: readonly Seen[]) => seen.filter(({ method }) => method === 'GET').map(tokenIn)

test('two tenants on one client do not share a looked-up name', async () => {
  const tenant = new AsyncLocalStorage<string>()
  const { client, seen } = connectTo(organizations(), { token: () => tenant.getStore() ?? '' })

  await tenant.run('token-a', () => client.tickets.create(bug))
  await tenant.run('token-b', () => client.tickets.create(bug))
  await tenant.run('token-a', () => client.tickets.create(bug))

  expect(tickets(seen)).toEqual([
    ['token-a', nthId(1)],
    ['token-b', nthId(2)],
    ['token-a', nthId(1)],
  ])
  expect(lookups(seen)).toEqual(['token-a', 'token-b'])
})

test('two tenants on one client do not share a look-up that is under way', async () => {
  const tenant = new AsyncLocalStorage<string>()
  const { client, seen } = connectTo(organizations(), {
    token: async () => {
      await Promise.resolve()
      return tenant.getStore() ?? ''
    },
  })

  await Promise.all(
    ['token-a', 'token-b', 'token-a'].map((token) => tenant.run(token, () => client.tickets.create(bug))),
  )

  expect(tickets(seen).toSorted(([a = ''], [b = '']) => a.localeCompare(b))).toEqual([
    ['token-a', nthId(1)],
    ['token-a', nthId(1)],
    ['token-b', nthId(2)],
  ])
  expect(lookups(seen).toSorted()).toEqual(['token-a', 'token-b'])
})

test('the token is requested once per call, and all its requests have it', async () => {
  let calls = 0
  const { client, seen } = connectTo(organizations(), {
    token: () => {
      calls += 1
      return `token-a-${calls}`
    },
  })

  await client.tickets.create(bug)
  await client.tickets.create({ ...bug, title: 'U' })

  expect(calls).toBe(2)
  expect(tickets(seen).map(([token]) => token)).toEqual(['token-a-1', 'token-a-2'])
  expect(lookups(seen)).toEqual(['token-a-1', 'token-a-2'])
})

test('with generation auto the probe has the token of the call', async () => {
  let calls = 0
  const { client, seen } = connectTo(organizations(), { generation: 'auto', token: () => `token-a-${++calls}` })

  await client.tickets.create({ title: 'T', description: 'D', integration_id: nthId(1) })

  expect(calls).toBe(1)
  expect(new Set(seen.map(tokenIn))).toEqual(new Set(['token-a-1']))
})

test('when a 401 brings another token, the name is looked up again with it', async () => {
  const tokens = ['token-a', 'token-b']
  const { client, seen } = connectTo(
    organizations((token, { method }) => token === 'token-a' && method === 'POST'),
    { token: () => tokens.shift() ?? 'token-b' },
  )

  await client.tickets.create(bug)

  expect(seen.map((request) => `${request.method} ${tokenIn(request)}`)).toEqual([
    'GET token-a',
    'POST token-a',
    'GET token-b',
    'POST token-b',
  ])
  expect(tickets(seen).at(-1)).toEqual(['token-b', nthId(2)])
})

test('when a look-up brings another token, the ticket is filed with it', async () => {
  const tokens = ['token-a', 'token-b']
  const { client, seen } = connectTo(
    organizations((token) => token === 'token-a'),
    { token: () => tokens.shift() ?? 'token-b' },
  )

  await client.tickets.create(bug)

  expect(seen.map((request) => `${request.method} ${tokenIn(request)}`)).toEqual([
    'GET token-a',
    'GET token-b',
    'POST token-b',
  ])
})

test('a second 401 in a call is its error', async () => {
  let calls = 0
  const { client } = connectTo(
    organizations(() => true),
    { token: () => `token-a-${++calls}` },
  )

  expect(await failureOf(client.tickets.create(bug))).toMatchObject({ name: 'ApiError', status: 401 })
  expect(calls).toBe(2)
})

test('a create in doubt is not sent again with another token', async () => {
  const tokens = ['token-a', 'token-b']
  const answers = [
    () => Promise.reject(new TypeError('fetch failed')),
    async () => Response.json({ detail: 'expired' }, { status: 401 }),
  ]
  const list = organizations()
  const { client, seen } = connectTo(
    async (request) => {
      if (request.method === 'POST') return (answers.shift() ?? fail)()
      const reply = await list(request)
      reply.headers.set('API-Capabilities', 'idempotency-key')
      return reply
    },
    { token: () => tokens.shift() ?? 'token-b', maxRetries: 1, retry: { baseDelay: 1 } },
  )

  expect(await failureOf(client.tickets.create(bug))).toMatchObject({ name: 'OutcomeUnknownError', attempts: 2 })
  expect(tickets(seen).map(([token]) => token)).toEqual(['token-a', 'token-a'])
})

test('with cacheKey, tokens that change share a looked-up name', async () => {
  let calls = 0
  const { client, seen } = connectTo(organizations(), { token: () => `token-a-${++calls}`, cacheKey: 'organization-a' })

  await client.tickets.create(bug)
  await client.tickets.create(bug)

  expect(lookups(seen)).toEqual(['token-a-1'])
  expect(tickets(seen).map(([token]) => token)).toEqual(['token-a-1', 'token-a-2'])
})

test('a client with another cacheKey does not use cached names', async () => {
  const { client, seen } = connectTo(organizations(), { token: 'token-a', cacheKey: 'a' })

  await client.tickets.create(bug)
  await client.withOptions({ cacheKey: 'b' }).tickets.create(bug)

  expect(lookups(seen)).toHaveLength(2)
})

const fail = () => Promise.reject(new Error('no further request was expected'))
