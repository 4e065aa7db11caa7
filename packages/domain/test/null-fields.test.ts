import { type EndpointId, type ParseOptions, parseBody } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const stored = {
  id: '00000000-0000-4000-8000-000000000001',
  created_at: '2025-09-01T00:00:00.000000Z',
  integration_category: 'ticketing',
  platform_name: 'jira',
  auth_type: 'api_key',
  status: 'active',
  enabled: true,
}
const receiver = (generation: ParseOptions['generation'], more: Partial<ParseOptions> = {}): ParseOptions => ({
  generation,
  stored,
  nulls: 'receiver',
  ...more,
})

/** The parsed body, the ignored fields, and the codes of the issues. */
function read(endpointId: EndpointId, body: object, options: ParseOptions) {
  const { body: left, ignored, issues } = parseBody(endpointId, body, options)
  return { left, ignored, issues: issues.map(({ loc, code }) => `${loc.slice(1).join('.')} ${code}`) }
}

test.each(['legacy', 'transitional', 'current'] as const)('%s: null on create means not given', (generation) => {
  const type = generation === 'current' ? { platform_name: 'jira' } : { integration_type: 'jira' }

  const { left, ignored, issues } = read(
    'integrations.create',
    { name: 'A', ...type, description: null, default_priority: null, credentials: null, sync_enabled: null },
    { generation, nulls: 'receiver' },
  )

  expect({ left, ignored, issues }).toEqual({
    left: { name: 'A', integration_category: 'ticketing', platform_name: 'jira' },
    ignored: [],
    issues: [],
  })
})

test('null on create does not fill a required field', () => {
  const { issues } = read('integrations.create', { name: null, platform_name: null }, { generation: 'current' })

  expect(issues).toEqual(['platform_name platform_required', 'name validation_failed'])
})

test('null on create never conflicts with the other name, and counts as a deprecated use', () => {
  const { body, issues, used } = parseBody(
    'tickets.create',
    { title: 'A', description: 'B', attachments: null, file_ids: [stored.id], integration_name: null },
    { generation: 'transitional' },
  )

  expect({ body, issues }).toEqual({
    body: { title: 'A', description: 'B', attachments: [{ file_id: stored.id }] },
    issues: [],
  })
  expect(used.map(({ field }) => field)).toEqual(['file_ids', 'integration_name'])
})

test('current refuses a retired name also with null', () => {
  const body = { name: 'A', platform_name: 'jira', is_enabled: null, colour: null }

  expect(read('integrations.create', body, { generation: 'current' }).issues).toEqual([
    'is_enabled retired_field',
    'colour unknown_field',
  ])
})

test.each([
  ['legacy', { description: null, environment: null, is_enabled: null }, ['environment', 'is_enabled']],
  [
    'transitional',
    { description: null, environment: null, enabled: null, is_enabled: null },
    ['environment', 'enabled', 'is_enabled'],
  ],
  [
    'transitional',
    { description: null, platform_name: null, integration_type: null },
    ['platform_name', 'integration_type'],
  ],
] as const)(
  '%s: PUT of an integration clears nullable fields and leaves others alone: %j',
  (generation, body, ignored) => {
    expect(read('integrations.update', body, receiver(generation))).toEqual({
      left: { description: null },
      ignored,
      issues: [],
    })
  },
)

test('an ignored null does not conflict with the other name', () => {
  const { left, ignored, issues } = read(
    'integrations.update',
    { is_enabled: null, enabled: false },
    receiver('transitional'),
  )

  expect({ left, ignored, issues }).toEqual({ left: { enabled: false }, ignored: ['is_enabled'], issues: [] })
})

test.each([receiver('current'), receiver('transitional', { strict: true })])(
  'current and strict refuse null in PUT of an integration where a field cannot be null: %j',
  (options) => {
    const { issues } = read('integrations.update', { description: null, environment: null, name: null }, options)

    expect(issues).toEqual(['environment validation_failed', 'name validation_failed'])
  },
)

test.each(['legacy', 'transitional'] as const)('%s: PUT of a ticket ignores every null', (generation) => {
  const body = { title: 'A', department: null, integration: null, custom_fields: null, status: null }

  expect(read('tickets.replace', body, receiver(generation))).toEqual({
    left: { title: 'A' },
    ignored: ['department', 'integration', 'custom_fields', 'status'],
    issues: [],
  })
})

test.each([receiver('current'), receiver('transitional', { strict: true })])(
  'current and strict clear by null in PUT of a ticket: %j',
  (options) => {
    const { left, ignored, issues } = read('tickets.replace', { department: null, title: null }, options)

    expect({ left, ignored, issues }).toEqual({
      left: { department: null, title: null },
      ignored: [],
      issues: ['title validation_failed'],
    })
  },
)

test('PATCH clears with null in every generation that has it', () => {
  for (const generation of ['transitional', 'current'] as const)
    expect(read('tickets.update', { department: null }, receiver(generation))).toEqual({
      left: { department: null },
      ignored: [],
      issues: [],
    })
})

test('a sender keeps null on update, because the backend decides', () => {
  expect(read('tickets.replace', { department: null }, { generation: 'transitional' }).left).toEqual({
    department: null,
  })
})

test('as a value, null is validated like any other value', () => {
  const { issues } = read(
    'tickets.create',
    { title: 'A', description: 'B', urgency: null, department: null },
    { generation: 'current', nulls: 'value' },
  )

  expect(issues).toEqual(['urgency validation_failed'])
})
