import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { changes } from '@ai-ticket-creator/domain'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl, connect, connectTo, nthId } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

describe.each(['legacy', 'transitional', 'current'] as const)('a result of a %s backend', (backend) => {
  test('has readable old names of an integration', async () => {
    const { client } = connect({ backend })

    const created = await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false })
    const { items } = await client.integrations.list()

    expect([created.is_enabled, created.integration_type]).toEqual([false, 'jira'])
    expect([items[0]?.is_enabled, items[0]?.integration_type]).toEqual([false, 'jira'])
  })

  test('has readable old names of a ticket', async () => {
    const { client } = connect({ backend })
    const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })

    const ticket = await client.tickets.create({
      ...bug,
      integration_id: id,
      assigned_to_id: DEFAULT_USER.id,
      attachments: [{ file_id: nthId(70) }],
    })
    const plain = await client.tickets.create(bug)

    expect(ticket.assignee).toMatchObject({ id: DEFAULT_USER.id })
    expect(ticket.files).toEqual([{ id: nthId(70) }])
    expect(ticket.external_ticket_id).toBe('JIRA-1')
    expect(ticket.external_ticket_url).toMatch(/JIRA-1$/)
    expect([plain.assignee, plain.external_ticket_id]).toEqual([null, null])
  })
})

test('values without a place in the new form are still readable under the old name', async () => {
  const assignee = { id: nthId(3), email: 'a@example.test', full_name: 'A B', display_name: 'A', avatar_url: null }
  const files = [{ id: nthId(4), filename: 'log.txt', file_size: 7 }]
  const { client } = connectTo(() => Response.json({ id: nthId(1), assignee, files }), { generation: 'legacy' })

  const ticket = await client.tickets.retrieve(nthId(1))

  expect(ticket).toEqual({ id: nthId(1), assigned_to_id: nthId(3), attachments: [{ file_id: nthId(4) }] })
  expect(ticket.assignee).toEqual(assignee)
  expect(ticket.files).toEqual(files)
})

test('copies do not have the old names', async () => {
  const { client } = connect()
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })
  const { name, ...rest } = integration

  for (const copy of [
    { ...integration },
    rest,
    structuredClone(integration),
    JSON.parse(JSON.stringify(integration)),
  ]) {
    expect('is_enabled' in copy).toBe(false)
    expect('integration_type' in copy).toBe(false)
  }
  const looped = []
  for (const key in integration) looped.push(key)
  expect(looped).not.toContain('is_enabled')
  expect(Object.keys(integration)).not.toContain('is_enabled')
  expect(Object.hasOwn(integration, 'is_enabled')).toBe(false)
  expect('is_enabled' in integration).toBe(true)
  expect(name).toBe('A')
})

test('a result compares and prints as a plain object', async () => {
  const { client } = connectTo(() => Response.json({ id: '1', status: 'active', enabled: true }))

  const integration = await client.integrations.retrieve('1')

  const plain = { id: '1', status: 'active', enabled: true }
  expect(integration).toEqual(plain)
  expect(integration).toStrictEqual(plain)
  expect(inspect(integration)).toBe(inspect(plain))
  assert.deepEqual({ ...integration }, plain)
})

test('the accessors are shared by all rows', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'A', platform_name: 'jira' })
  await client.integrations.create({ name: 'B', platform_name: 'slack' })

  const [a, b] = await client.integrations.list().toArray({ limit: 2 })

  expect(Object.getPrototypeOf(a)).toBe(Object.getPrototypeOf(b))
  expect([a?.integration_type, b?.integration_type]).toEqual(['slack', 'jira'])
})

test.each(['transitional', 'current'] as const)('an old name follows a change of the new one (%s)', async (backend) => {
  const { client } = connect({ backend })
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  integration.enabled = false

  expect(integration.is_enabled).toBe(false)
})

test('writing to an old name makes it an ordinary field', async () => {
  const { client } = connect()
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  integration.is_enabled = false

  expect(Object.keys(integration)).toContain('is_enabled')
  expect({ ...integration }).toMatchObject({ is_enabled: false, enabled: true })
})

describe('with legacyFields false', () => {
  const without = () => {
    const { app } = connect()
    return createClient({
      baseUrl,
      token: 'test-token',
      generation: 'current',
      legacyFields: false,
      fetch: (request) => app.fetch(request),
    })
  }

  test('an old name of an integration throws an error with its replacement', async () => {
    const client = without()
    const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })

    expect(() => Reflect.get(integration, 'is_enabled')).toThrow(
      new TypeError('`is_enabled` is retired; use `enabled`'),
    )
    expect(() => Reflect.get(integration, 'integration_type')).toThrow(
      new TypeError('`integration_type` is retired; use `platform_name`'),
    )
    expect(() => Reflect.set(integration, 'is_enabled', true)).toThrow(TypeError)
  })

  test('an old name of a ticket throws an error with its replacement', async () => {
    const client = without()
    const ticket = await client.tickets.create(bug)

    const uses = ['assignee', 'files', 'external_ticket_id', 'external_ticket_url'].map((field) => {
      try {
        return Reflect.get(ticket, field)
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(uses).toEqual([
      '`assignee` is retired; use `assigned_to_id`',
      '`files` is retired; use `attachments`',
      '`external_ticket_id` is retired; use `integration_result`',
      '`external_ticket_url` is retired; use `integration_result`',
    ])
  })

  test('results can still be printed, copied and compared', async () => {
    const client = without()
    const ticket = await client.tickets.create(bug)

    expect(() => [inspect(ticket, { showHidden: true }), structuredClone(ticket), JSON.stringify(ticket)]).not.toThrow()
    expect({ ...ticket }).toEqual(ticket)
  })
})

test('every retired name of a reply has an accessor', async () => {
  const { client } = connect()
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })
  const ticket = await client.tickets.create(bug)

  const retiredIn = (id: 'integrations.retrieve' | 'tickets.retrieve') =>
    changes.flatMap(({ endpoints, retired }) => (endpoints.reply?.includes(id) ? Object.keys(retired) : []))
  expect(retiredIn('integrations.retrieve').filter((field) => !(field in integration))).toEqual([])
  expect(retiredIn('tickets.retrieve').filter((field) => !(field in ticket))).toEqual([])
  expect(retiredIn('tickets.retrieve')).toContain('assignee')
  expect('is_enabled' in (await client.integrations.delete(integration.id))).toBe(false)
})
