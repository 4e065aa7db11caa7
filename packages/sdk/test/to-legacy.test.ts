// Old names in what a service passes on: JSON, spreads and copies of results.
import { describe, expect, test } from 'vitest'
import { createClient, toLegacy } from '../src/index.ts'
import { baseUrl, connect, failureOf } from './backend.ts'

const jira = { name: 'JIRA', platform_name: 'jira' } as const
const bug = { title: 'A', description: 'B' }

async function withRows(options: Parameters<typeof connect>[0] & { legacyJson?: boolean } = {}) {
  const { client, seen } = connect(options)
  const integration = await client.integrations.create(jira)
  const ticket = await client.tickets.create({ ...bug, integration_id: integration.id })
  return { client, seen, integration, ticket }
}

describe('toLegacy', () => {
  test('gives an integration its old names as ordinary fields, beside the new ones', async () => {
    const { integration } = await withRows()

    const legacy = toLegacy(integration)

    const fields = { integration_type: 'jira', is_enabled: true, platform_name: 'jira', enabled: true }
    expect({ ...legacy }).toMatchObject(fields)
    expect(JSON.parse(JSON.stringify(legacy))).toMatchObject(fields)
    expect(structuredClone(legacy)).toMatchObject(fields)
    expect(Object.keys({ ...integration })).not.toContain('is_enabled')
  })

  test.each(['legacy', 'current'] as const)('gives a ticket of a %s backend its old names', async (backend) => {
    const { ticket } = await withRows({ backend })

    expect({ ...toLegacy(ticket) }).toMatchObject({ external_ticket_id: 'JIRA-1', files: null, assignee: null })
  })

  test('takes lists, pages and drafted tickets', async () => {
    const { client } = await withRows()
    const page = await client.integrations.list()
    const drafted = await client.tickets.createWithAi({ user_input: 'Fire' })

    const legacy = [toLegacy(page.items), toLegacy(page), toLegacy(drafted)]

    expect(JSON.parse(JSON.stringify(legacy))).toMatchObject([
      [{ is_enabled: true }],
      { items: [{ is_enabled: true }], hasNext: false },
      { ticket: { assignee: null }, ai_analysis: {} },
    ])
  })

  test('is counted in the ledger, with the place that called it', async () => {
    const { client, integration } = await withRows()

    toLegacy(integration)

    expect(client.deprecations.entries()).toMatchObject([
      { kind: 'read', field: 'is_enabled', callSite: expect.stringContaining('to-legacy.test.ts') },
      { kind: 'read', field: 'integration_type', callSite: expect.stringContaining('to-legacy.test.ts') },
    ])
  })

  test('throws for a result without old names', async () => {
    const { client, integration } = await withRows()
    const result = await client.withOptions({ legacyFields: false }).integrations.retrieve(integration.id)

    expect(() => toLegacy(result)).toThrow(new TypeError('a client with `legacyFields: false` has no old names'))
  })

  test('returns other objects as they are', () => {
    const object = { a: 1 }

    expect(toLegacy(object)).toBe(object)
  })
})

describe('legacyJson', () => {
  test('adds the old names to the JSON of results, and counts them', async () => {
    const { client, integration, ticket } = await withRows({ legacyJson: true })

    const json: unknown = JSON.parse(JSON.stringify([integration, ticket]))

    expect(json).toMatchObject([{ is_enabled: true, enabled: true }, { external_ticket_id: 'JIRA-1' }])
    expect(client.deprecations.entries().map(({ field }) => field)).toContain('is_enabled')
    expect(Object.keys(integration)).not.toContain('toJSON')
  })

  test('input with such a result has the new names only', async () => {
    const { client, seen, integration, ticket } = await withRows({ legacyJson: true })
    seen.length = 0

    await client.tickets.update(ticket.id, { custom_fields: { integration } })
    await client.tickets.update(ticket.id, { ...ticket, title: 'New' })

    expect(JSON.stringify(seen.map(({ body }) => body))).not.toMatch(
      /is_enabled|external_ticket_id":"JIRA-1","external_ticket_url/,
    )
    expect(seen[0]?.body).toMatchObject({ custom_fields: { integration: { enabled: true } } })
  })

  test('is off by default', async () => {
    const { integration } = await withRows()

    expect(JSON.stringify(integration)).not.toContain('is_enabled')
  })

  test('is refused together with `legacyFields: false`', () => {
    expect(() => createClient({ baseUrl, token: 't', legacyFields: false, legacyJson: true })).toThrow(
      new TypeError('`legacyJson` needs the old names, which `legacyFields: false` removes'),
    )
  })
})

describe('a client with `legacyFields: false`', () => {
  const refused = { name: 'InvalidRequestError', issues: [{ code: 'retired_field' }] }

  test.each([
    [
      'create',
      { name: 'A', integration_type: 'jira' },
      '`integration_type` is retired; send `platform_name`',
      ['body', 'integration_type'],
    ],
    ['list', { is_enabled: true }, '`is_enabled` is retired; send `enabled`', ['query', 'is_enabled']],
  ] as const)('refuses old names in integrations.%s before anything is sent', async (method, input, message, loc) => {
    const { client, seen } = connect()
    const { integrations } = client.withOptions({ legacyFields: false })

    const error = await failureOf((integrations[method] as (input: object) => Promise<unknown>)(input))

    expect(error).toMatchObject({ name: 'InvalidRequestError', message, issues: [{ code: 'retired_field', loc }] })
    expect(seen).toEqual([])
    expect(client.deprecations.entries()).toHaveLength(1)
  })

  test('refuses them in the changes of a row, in iterations and in lists', async () => {
    const { client, seen, ticket } = await withRows()
    const { tickets } = client.withOptions({ legacyFields: false })
    seen.length = 0
    const old = { integration_name: 'JIRA' } as object

    const errors = [
      await failureOf(tickets.update(ticket.id, old)),
      await failureOf(tickets.list(old).toArray({ limit: 1 })),
      await failureOf(tickets.list(old).withResponse()),
    ]

    expect(errors).toMatchObject([refused, refused, refused])
    expect(seen).toEqual([])
  })

  test('takes a ticket back, also with a routing that is null', async () => {
    const { client, ticket } = await withRows()
    const { tickets } = client.withOptions({ legacyFields: false })

    const updated = await tickets.update(ticket.id, {
      ...ticket,
      title: 'New',
      ...({ integration_routing: null } as object),
    })

    expect(updated.title).toBe('New')
  })
})
