import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore, sequentialIds, steppingClock } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { fieldsOf, nthId, type Reply, send } from './send.ts'

async function repliesOf(app: App): Promise<readonly unknown[]> {
  const old = app.generation !== 'current'
  const replies: readonly Reply[] = [
    await send(app, 'POST /integrations/', {
      name: 'A',
      ...(old ? { integration_type: 'jira' } : { platform_name: 'jira' }),
    }),
    await send(app, 'POST /integrations/', {}),
    await send(app, `PUT /integrations/${nthId(1)}`, { name: 'B' }),
    await send(app, 'POST /tickets/', { title: 'T', description: 'D' }),
    await send(app, 'GET /tickets/'),
    await send(app, 'GET /integrations/'),
    await send(app, 'GET /nowhere'),
  ]
  return replies.map(({ status, headers, text }) => [status, [...headers], text])
}

test.each(GENERATIONS)('%s: the same calls get the same replies', async (generation) => {
  const one = await repliesOf(createApp({ generation }))
  const other = await repliesOf(createApp({ generation }))

  expect(other).toEqual(one)
})

test('ids and times come from the ports', async () => {
  const app = createApp({ clock: steppingClock('2030-01-01T00:00:00.999Z'), newId: () => nthId(42) })

  const first = await send(app, 'POST /tickets/', { title: 'T', description: 'D' })

  expect(first.json).toMatchObject({ id: nthId(42), created_at: '2030-01-01T00:00:00.999000Z' })
})

test('an id that exists is a failure and overwrites nothing', async () => {
  const store = createMemoryStore()
  const reported: unknown[] = []
  const one = createApp({ store, newId: sequentialIds() })
  const other = createApp({ store, newId: sequentialIds(), onError: (error) => reported.push(error) })

  await send(one, 'POST /integrations/', { name: 'One', platform_name: 'jira' })
  const reply = await send(other, 'POST /integrations/', { name: 'Other', platform_name: 'sms' })

  expect([reply.status, fieldsOf(reply)['code']]).toEqual([500, 'internal'])
  expect(reported).toEqual([new Error(`a row has the id ${nthId(1)} already`)])
  expect((await send(one, `GET /integrations/${nthId(1)}`)).json).toMatchObject({ name: 'One' })
})

test('a switch of the generation keeps the rows', async () => {
  const app = createApp({ generation: 'legacy' })
  await send(app, 'POST /integrations/', { name: 'A', integration_type: 'zoom', is_enabled: false })
  await send(app, 'POST /tickets/', { title: 'T', description: 'D' })

  const shown: Record<Generation, unknown> = { legacy: [], transitional: [], current: [] }
  for (const generation of ['transitional', 'current', 'legacy'] as const) {
    app.switchGeneration(generation)
    const { integration_type, is_enabled, integration_category, platform_name, enabled } = fieldsOf(
      await send(app, `GET /integrations/${nthId(1)}`),
    )
    shown[app.generation] = [integration_type, is_enabled, integration_category, platform_name, enabled]
  }

  expect(shown).toEqual({
    legacy: ['zoom', false, undefined, undefined, undefined],
    transitional: ['zoom', false, 'communication', 'zoom', false],
    current: [undefined, undefined, 'communication', 'zoom', false],
  })
  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 1 })
})

test('a request in progress is answered in the generation in which it started', async () => {
  const store = createMemoryStore()
  const app: App = createApp({
    generation: 'legacy',
    store: {
      ...store,
      integrations: {
        ...store.integrations,
        insert: async (row) => {
          app.switchGeneration('current')
          await store.integrations.insert(row)
        },
      },
    },
  })

  const reply = await send(app, 'POST /integrations/', { name: 'A', integration_type: 'jira' })

  expect(app.generation).toBe('current')
  expect(reply.headers.get('API-Generation')).toBe('legacy')
  expect(reply.json).toMatchObject({ integration_type: 'jira' })
})

// Concurrency

const twenty = Array.from({ length: 20 }, (_, n) => n)

test('twenty parallel updates are all applied', async () => {
  const app = createApp()
  const created = fieldsOf(await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' }))
  const texts = ['description', 'base_url', 'api_version', 'region', 'environment', 'webhook_url', 'name'] as const
  const value = (field: string, n: number): string => (field.endsWith('url') ? `https://${n}.example.test` : `v${n}`)

  const replies = await Promise.all(
    twenty.map((n) => {
      const field = texts[n % texts.length] ?? 'name'
      return send(app, `PUT /integrations/${nthId(1)}`, { [field]: value(field, n) })
    }),
  )

  const read = await send(app, `GET /integrations/${nthId(1)}`)
  expect(replies.map(({ status }) => status)).toEqual(twenty.map(() => 200))
  expect(read.headers.get('ETag')).toBe('"21"')
  for (const [place, field] of texts.entries()) {
    const written = twenty.filter((n) => n % texts.length === place).map((n) => value(field, n))
    expect(written).toContain(fieldsOf(read)[field])
  }
  expect(fieldsOf(read)['created_at']).toBe(created['created_at'])
})

test('twenty increments with If-Match, each retried until accepted, lose no count', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira', default_priority: 1 })
  const path = `/integrations/${nthId(1)}`
  let conflicts = 0

  async function increment(): Promise<void> {
    const read = await send(app, `GET ${path}`)
    const priority = Number(fieldsOf(read)['default_priority'])
    const tag = read.headers.get('ETag') ?? ''
    const reply = await send(app, `PUT ${path}`, { default_priority: priority + 1 }, { 'If-Match': tag })
    if (reply.status === 200) return
    expect(reply.status).toBe(412)
    conflicts++
    await increment()
  }
  await Promise.all(twenty.map(increment))

  expect((await send(app, `GET ${path}`)).json).toMatchObject({ default_priority: 21 })
  expect(conflicts).toBeGreaterThan(0)
})

test('after parallel updates and status calls enabled and status agree', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })
  const path = `/integrations/${nthId(1)}`

  const replies = await Promise.all(
    twenty.map((n) =>
      n % 2 === 0
        ? send(app, `PATCH ${path}/status`, { enabled: n % 4 === 0 })
        : send(app, `PUT ${path}`, { default_priority: n }),
    ),
  )

  const { enabled, status } = fieldsOf(await send(app, `GET ${path}`))
  expect(replies.filter((reply) => reply.status !== 200)).toEqual([])
  expect([enabled, status]).toEqual(enabled === true ? [true, 'active'] : [false, 'inactive'])
})

test('of parallel deletes one succeeds', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })

  const replies = await Promise.all(twenty.map(() => send(app, `DELETE /integrations/${nthId(1)}`)))

  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 404)).toHaveLength(19)
})

test('twenty parallel creates make twenty rows', async () => {
  const app = createApp()

  await Promise.all(twenty.map((n) => send(app, 'POST /tickets/', { title: `T${n}`, description: 'D' })))

  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 20, pages: 1 })
})
