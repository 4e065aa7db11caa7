import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestApi, type Fault } from '../../src/index.ts'
import { caught, clientOf, transports } from './transports.ts'

const bearer = { Authorization: 'Bearer test-token' }

test.each(transports)('$name, the redirect for a missing slash is followed with method and body', async ({ open }) => {
  using opened = open()
  const { api, fetch } = opened

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets`, {
    method: 'POST',
    headers: { ...bearer, 'Content-Type': 'application/json' },
    body: '{"title":"One","description":"Two"}',
  })

  expect([reply.status, reply.url]).toEqual([201, `${api.baseUrl}/api/v1/tickets/`])
  expect(api.requests.map(({ status }) => status)).toEqual([307, 201])
})

test.each(transports)(
  "$name, `redirect: 'error'` rejects a redirect, `redirect: 'manual'` returns it",
  async ({ open }) => {
    using opened = open()
    const url = `${opened.api.baseUrl}/api/v1/tickets`

    const error = await caught(opened.fetch(url, { redirect: 'error' }))
    const reply = await opened.fetch(url, { redirect: 'manual' })

    expect([error instanceof TypeError, reply.status]).toEqual([true, 307])
  },
)

test.each(transports)('$name, a call that is already aborted is not sent', async ({ open }) => {
  using opened = open()

  const error = await caught(opened.fetch(opened.api.baseUrl, { signal: AbortSignal.abort(new Error('no')) }))

  expect([error, opened.api.requests]).toEqual([new Error('no'), []])
})

test('a request can be a Request, a URL or a string', async () => {
  const { fetch, baseUrl } = createTestApi()
  const url = `${baseUrl}/api/v1/tickets/`

  const replies = [await fetch(url), await fetch(new URL(url)), await fetch(new Request(url), { headers: bearer })]

  expect(replies.map(({ status }) => status)).toEqual([401, 401, 200])
})

test('an error in a custom fault is logged and breaks the connection', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => logged.mockRestore())
  const api = createTestApi()
  const mine: Fault = {
    name: 'mine',
    apply: async () => {
      throw new Error('a mistake')
    },
  }
  api.faults.add({ fault: mine })

  const error = await caught(api.fetch(`${api.baseUrl}/api/v1/tickets/`))

  expect(error).toEqual(new TypeError('fetch failed', { cause: new Error('a mistake') }))
  expect(logged).toHaveBeenCalledWith(new Error('a mistake'))
})

test('each user sees only the tickets of their organization', async () => {
  const people = ['ada', 'bob'].map((name, at) => ({
    id: `10000000-0000-4000-8000-00000000000${at}`,
    email: `${name}@example.test`,
    display_name: name,
    organization_id: `20000000-0000-4000-8000-00000000000${at}`,
    token: `token-of-${name}`,
  }))
  const api = createTestApi({ users: people })
  await api.seed.ticket({ title: 'Of Ada' })
  const [, bob] = people
  await api.seed.ticket({ title: 'Of Bob', organization_id: bob?.organization_id ?? '', created_by_id: bob?.id ?? '' })

  const titles = []
  for (const { token } of people) {
    const { items } = await clientOf({ api: { ...api, token }, fetch: api.fetch }).tickets.list()
    titles.push(items.map(({ title, creator }) => [title, creator.display_name]))
  }

  expect([api.token, titles]).toEqual(['token-of-ada', [[['Of Ada', 'ada']], [['Of Bob', 'bob']]]])
  expect(await caught(api.seed.ticket({ created_by_id: 'nobody' }))).toEqual(
    new RangeError('`created_by_id` must be a user of the organization; see `users`'),
  )
})
