import { createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { connect, connectTo, failureOf, nthId } from './backend.ts'

describe.each(['legacy', 'transitional', 'current'] as const)('on a %s backend, an item of a list', (backend) => {
  test('of integrations can be sent back with a change', async () => {
    const { client } = connect({ backend })
    await client.integrations.create({ name: 'A', platform_name: 'jira' })
    const [item] = (await client.integrations.list()).items

    const updated = await client.integrations.update(item?.id ?? '', { ...item, description: 'B' })

    expect(updated).toMatchObject({ name: 'A', description: 'B' })
  })

  test('of tickets can be sent back with a change', async () => {
    const { client } = connect({ backend })
    await client.tickets.create({ title: 'A', description: 'B' })
    const [item] = (await client.tickets.list()).items

    const updated = await client.tickets.update(item?.id ?? '', { ...item, title: 'C' })

    expect(updated).toMatchObject({ title: 'C', description: 'B' })
  })
})

const deployed = [
  { profile: 'existing-legacy', generation: 'legacy' },
  { profile: 'existing-refactored', generation: 'current' },
] as const
const rollOuts = deployed.flatMap((before) =>
  (['transitional', 'current'] as const).map((backend) => ({ ...before, backend })),
)

describe.each(rollOuts)(
  'a ticket retrieved from $profile before a roll-out to $backend',
  ({ profile, generation, backend }) => {
    const retrieveAndRollOut = async () => {
      const { client: creator, store } = connect({ backend: 'current' })
      const integration = await creator.integrations.create({ name: 'Bugs', platform_name: 'jira' })
      const { id } = await creator.tickets.create({ title: 'A', description: 'B', integration_id: integration.id })
      let app = createApp({ store, profile, generation })
      const { client } = connect({ generation: 'auto', fetch: (request) => app.fetch(request) })
      const row = await client.tickets.retrieve(id)
      app = createApp({ store, generation: backend })
      return { client, row: { ...row }, integration }
    }

    test('keeps its integration when it is sent back with a change', async () => {
      const { client, row, integration } = await retrieveAndRollOut()

      const updated = await client.tickets.update(row.id, { ...row, title: 'C' })

      expect(row).toMatchObject({ integration_routing: null })
      expect(updated).toMatchObject({ title: 'C', integration_id: integration.id })
    })

    test('does not count its null `integration_routing` as a deprecated use', async () => {
      const { client, row } = await retrieveAndRollOut()

      await client.tickets.update(row.id, { ...row, title: 'C' })

      expect(client.deprecations.entries().filter(({ field }) => field === 'integration_routing')).toEqual([])
    })
  },
)

describe.each(['legacy', 'transitional', 'current'] as const)('on a %s backend', (backend) => {
  test.each(['integration_name', 'integration', 'integration_routing', 'integration_preference'] as const)(
    'null in `%s` does not clear the integration',
    async (name) => {
      const { client } = connect({ backend })
      const integration = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
      const bug = { title: 'A', description: 'B' }
      const { id } = await client.tickets.create({ ...bug, integration_id: integration.id })

      const updated = await client.tickets.update(id, { title: 'C', [name]: null })
      const alone = await failureOf(client.tickets.update(id, { [name]: null }))

      expect(updated).toMatchObject({ title: 'C', integration_id: integration.id })
      expect(alone).toMatchObject({
        name: 'InvalidRequestError',
        message: expect.stringContaining('to clear the integration, send `integration_id: null`'),
      })
    },
  )

  test('a replacement with a null `integration_routing` keeps the integration where PUT leaves absent fields alone', async () => {
    const { client } = connect({ backend })
    const integration = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    const bug = { title: 'A', description: 'B' }
    const { id } = await client.tickets.create({ ...bug, integration_id: integration.id })

    const replaced = await client.tickets.replace(id, { ...bug, title: 'C', integration_routing: null })

    expect(replaced).toMatchObject({ title: 'C', integration_id: integration.id })
  })
})

test.each([
  { shown: [], stored: null },
  { shown: null, stored: null },
  { shown: [], stored: undefined },
])('attachments $shown are no change of a legacy ticket with files $stored', async ({ shown, stored }) => {
  const bodies: unknown[] = []
  const ticket = { id: nthId(1), title: 'A', files: stored }
  const { client } = connectTo(
    async (request) => {
      if (request.method !== 'GET') bodies.push(await request.json())
      return Response.json({ ...ticket, ...(request.method !== 'GET' && { title: 'C' }) })
    },
    { generation: 'legacy' },
  )

  const updated = await client.tickets.update(nthId(1), { title: 'C', attachments: shown })

  expect(updated.title).toBe('C')
  expect(bodies).toEqual([{ title: 'C' }])
})

test('a ticket retrieved from an early backend can be sent back to a legacy one', async () => {
  const store = createMemoryStore()
  let app = createApp({ store, profile: 'existing-legacy' })
  const { client } = connect({ generation: 'auto', fetch: (request) => app.fetch(request) })
  const { id } = await client.tickets.create({ title: 'A', description: 'B' })
  const row = await client.tickets.retrieve(id)
  app = createApp({ store, generation: 'legacy' })

  const updated = await client.tickets.update(id, { ...row, title: 'C' })

  expect(row.attachments).toEqual([])
  expect(updated.title).toBe('C')
})
