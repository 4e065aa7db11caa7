import {
  downgrade,
  type EndpointId,
  type JsonObject,
  type Location,
  parseBody,
  upgrade,
} from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const id = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

// null is a value, and every change keeps it in both directions.
const nulls: readonly [EndpointId, Location, JsonObject, JsonObject][] = [
  ['integrations.create', 'body', { is_enabled: null }, { enabled: null }],
  ['integrations.create', 'body', { integration_type: null }, { integration_category: null, platform_name: null }],
  ['integrations.retrieve', 'reply', { integration_type: null }, { integration_category: null, platform_name: null }],
  ['tickets.create', 'body', { integration_name: null }, { integration_id: null }],
  ['integrations.setStatus', 'body', { status: null }, { enabled: null }],
  ['tickets.create', 'body', { file_ids: null }, { attachments: null }],
  ['tickets.retrieve', 'reply', { assignee: null, files: null }, { assigned_to_id: null, attachments: null }],
  ['tickets.assign', 'body', { reason: null }, { assignment_reason: null }],
]

test.each(nulls)('%s %s: null stays null', (endpointId, part, old, current) => {
  expect(upgrade(endpointId, old, { part }).body).toEqual(current)
  expect(downgrade(endpointId, current, { part }).body).toEqual(old)
})

test.each(nulls)('%s %s: absent stays absent', (endpointId, part) => {
  expect(upgrade(endpointId, { a: 1 }, { part })).toEqual({
    body: { a: 1 },
    used: [],
    issues: [],
    lookups: [],
    origins: {},
  })
  expect(downgrade(endpointId, { a: 1 }, { part })).toEqual({ body: { a: 1 }, unmapped: [] })
})

test.each(nulls)('%s %s: an own undefined counts as absent', (endpointId, part, old, current) => {
  const undefinedIn = (fields: JsonObject) => Object.fromEntries(Object.keys(fields).map((key) => [key, undefined]))

  expect(upgrade(endpointId, undefinedIn(old), { part })).toMatchObject({ used: [], issues: [], lookups: [] })
  expect(downgrade(endpointId, undefinedIn(current), { part }).unmapped).toEqual([])
})

test('a retired field fills an undefined new one', () => {
  const { body } = upgrade('integrations.create', { enabled: undefined, name: 'Bugs', is_enabled: true })

  expect(body).toEqual({ name: 'Bugs', enabled: true })
})

test('a body without retired names is returned as the same object', () => {
  const body = { name: 'Bugs', integration_category: 'ticketing', platform_name: 'jira', enabled: true }

  expect(upgrade('integrations.create', body).body).toBe(body)
})

test('the input is not changed', () => {
  const given = Object.freeze({ is_enabled: true, integration_type: 'jira' })

  upgrade('integrations.create', given)

  expect(given).toEqual({ is_enabled: true, integration_type: 'jira' })
})

test('origins maps every new field to its retired field', () => {
  const { origins } = upgrade('integrations.create', { integration_type: 'jira', is_enabled: true, name: 'Bugs' })

  expect(origins).toEqual({
    enabled: 'is_enabled',
    integration_category: 'integration_type',
    platform_name: 'integration_type',
  })
})

// Names must be looked up.

test.each(['integration_name', 'integration', 'integration_routing', 'integration_preference'])(
  '%s stays and its name is listed for a look-up, until the id is known',
  (field) => {
    const body = { title: 'Bug', [field]: 'JIRA Production' }

    const pending = upgrade('tickets.create', body)
    const unanswered = upgrade('tickets.create', body, { idOf: () => undefined })
    const answered = upgrade('tickets.create', body, { idOf: (name) => (name === 'JIRA Production' ? id : undefined) })

    expect(pending).toEqual({
      body,
      used: [{ field, replacement: 'integration_id', change: 'integration-name-to-id' }],
      issues: [],
      lookups: [{ field, name: 'JIRA Production', replacement: 'integration_id' }],
      origins: {},
    })
    expect(unanswered).toEqual(pending)
    expect(answered).toMatchObject({ body: { title: 'Bug', integration_id: id }, issues: [], lookups: [] })
  },
)

test.each(['tickets.create', 'tickets.createWithAi', 'tickets.replace'] as const)(
  '%s accepts a name where retired names are accepted',
  (endpointId) => {
    const body = endpointId === 'tickets.createWithAi' ? { user_input: 'Bug' } : { title: 'Bug', description: '…' }

    const reading = parseBody(
      endpointId,
      { ...body, integration: 'JIRA Production' },
      { generation: 'legacy', idOf: () => id },
    )

    expect(reading).toMatchObject({ body: { ...body, integration_id: id }, issues: [], lookups: [] })
  },
)

test('a downgrade looks up the name of an id and writes it as integration_name', () => {
  const { body, unmapped } = downgrade(
    'tickets.create',
    { title: 'Bug', integration_id: id, department: 'IT' },
    { nameOf: (wanted) => (wanted === id ? 'JIRA Production' : undefined) },
  )

  expect(Object.entries(body)).toEqual([
    ['title', 'Bug'],
    ['integration_name', 'JIRA Production'],
    ['department', 'IT'],
  ])
  expect(unmapped).toEqual([])
})

test('two equal retired names become one id, in the position of the first', () => {
  const { body } = upgrade(
    'tickets.create',
    { integration: 'JIRA', title: 'Bug', integration_name: 'JIRA' },
    { idOf: () => id },
  )

  expect(Object.entries(body)).toEqual([
    ['integration_id', id],
    ['title', 'Bug'],
  ])
})

// Transitional replies.

test('with `both`, the retired fields follow the new ones', () => {
  const reply = { id, integration_category: 'crm', platform_name: 'hubspot', enabled: false, region: null }

  const { body } = downgrade('integrations.retrieve', reply, { part: 'reply', both: true })

  expect(Object.entries(body)).toEqual([
    ['id', id],
    ['integration_category', 'crm'],
    ['platform_name', 'hubspot'],
    ['enabled', false],
    ['region', null],
    ['integration_type', 'hubspot'],
    ['is_enabled', false],
  ])
})

test('the status route downgrades enabled to status', () => {
  expect(upgrade('integrations.setStatus', { status: 'inactive', reason: 'x' }).body).toEqual({
    enabled: false,
    reason: 'x',
  })
  expect(downgrade('integrations.setStatus', { enabled: true, reason: 'x' }).body).toEqual({
    status: 'active',
    reason: 'x',
  })
  expect(upgrade('integrations.setStatus', { is_enabled: false }).body).toEqual({ enabled: false })
})

test.each(['legacy', 'transitional'] as const)(
  'the status route of %s takes status, and is_enabled as well',
  (generation) => {
    const bodies = [{ status: 'inactive' }, { is_enabled: false }, { status: 'inactive', is_enabled: false }]

    const readings = bodies.map((body) => parseBody('integrations.setStatus', body, { generation }))

    expect(readings.map(({ body, issues }) => [body, issues])).toEqual([
      [{ enabled: false }, []],
      [{ enabled: false }, []],
      [{ enabled: false }, []],
    ])
  },
)

test.each([
  ['an item without an id', [{ name: 'log.txt' }]],
  ['an id that is no text', [{ file_id: 7 }]],
  ['an item with more than the id', [{ file_id: id, name: 'log.txt' }]],
  ['an item that is a text', [id]],
  ['no list', { file_id: id }],
])('%s cannot be expressed with file_ids, so attachments stay', (_, attachments) => {
  expect(downgrade('tickets.create', { attachments })).toMatchObject({ body: { attachments } })
  expect(downgrade('tickets.create', { attachments }).body).not.toHaveProperty('file_ids')
})

test('if the names differ, no category is added, because the platform is not certain', () => {
  const given = { name: 'Bugs', integration_type: 'jira', platform_name: 'slack' }

  const { body, issues } = upgrade('integrations.create', given)

  expect(body).toEqual(given)
  expect(issues).toHaveLength(1)
})
