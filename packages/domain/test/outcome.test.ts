import {
  downgrade,
  Integration,
  isIntegrationCategory,
  isIntegrationStatus,
  isPlatform,
  parseBody,
  parseQuery,
  upgrade,
} from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

// At least one test for every kind of unusual input.

const jira = { integration_category: 'ticketing', platform_name: 'jira' }
const stored = {
  id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  created_at: '2025-09-06T12:00:00.000000Z',
  updated_at: '2025-09-06T12:00:00.000000Z',
  name: 'JIRA Production',
  ...jira,
  status: 'active',
  enabled: true,
  auth_type: 'api_key',
}
const legacy = { generation: 'legacy' } as const
const transitional = { generation: 'transitional' } as const
const current = { generation: 'current' } as const
const strict = { generation: 'transitional', strict: true } as const

// Retired and new names that agree: accepted, counted as deprecated use.

test('both names, equal: a new integration is accepted, and every retired name is counted', () => {
  const reading = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', ...jira, is_enabled: true, enabled: true },
    transitional,
  )

  expect(reading).toEqual({
    body: { name: 'Bugs', integration_category: 'ticketing', platform_name: 'jira', enabled: true },
    issues: [],
    lookups: [],
    used: [
      { field: 'is_enabled', replacement: 'enabled', change: 'is-enabled-to-enabled' },
      { field: 'integration_type', replacement: 'platform_name', change: 'integration-type-to-category-and-platform' },
    ],
    ignored: [],
  })
})

test('both names, equal: lists are compared by value, and null on create means not given', () => {
  const file_id = '00000000-0000-4000-8000-000000000001'

  const { body, issues } = parseBody(
    'tickets.create',
    {
      title: 'Bug',
      description: '…',
      file_ids: [file_id],
      attachments: [{ file_id }],
      integration: null,
      integration_id: null,
    },
    transitional,
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ title: 'Bug', description: '…', attachments: [{ file_id }] })
})

test('both names, equal: in a query they are compared after decoding', () => {
  const { body, issues, used } = parseQuery(
    'integrations.list',
    [
      ['is_enabled', '1'],
      ['enabled', 'true'],
      ['integration_type', 'JIRA'],
      ['platform_name', 'jira'],
    ],
    transitional,
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ enabled: true, integration_category: 'ticketing', platform_name: 'jira' })
  expect(used.map(({ field }) => field)).toEqual(['is_enabled', 'integration_type'])
})

test('both names, equal: several retired names of one field count as one value', () => {
  const { body, lookups, used } = parseBody(
    'tickets.create',
    { title: 'Bug', description: '…', integration: 'JIRA', integration_name: ' JIRA ' },
    transitional,
  )

  expect(body).toMatchObject({ integration: 'JIRA', integration_name: 'JIRA' })
  expect(lookups).toEqual([{ field: 'integration', name: 'JIRA', replacement: 'integration_id' }])
  expect(used.map(({ field }) => field)).toEqual(['integration', 'integration_name'])
})

test('both names: legacy accepts only the retired one, and lists what it ignores', () => {
  const { body, issues, ignored } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', is_enabled: true, enabled: false, platform_name: 'slack' },
    legacy,
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'Bugs', integration_category: 'ticketing', platform_name: 'jira', enabled: true })
  expect(ignored).toEqual(['enabled', 'platform_name'])
})

test.each([
  ['current', current],
  ['handling=strict', strict],
])('both names: %s refuses the retired one even if they are equal', (_, options) => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', ...jira, is_enabled: true, enabled: true },
    options,
  )

  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'is_enabled'],
      msg: '`is_enabled` is retired; send `enabled`',
      code: 'retired_field',
      replacement: 'enabled',
    },
    {
      type: 'value_error',
      loc: ['body', 'integration_type'],
      msg: '`integration_type` is retired; send `platform_name`',
      code: 'retired_field',
      replacement: 'platform_name',
    },
  ])
})

test('legacy ignores handling=strict', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira' },
    { ...legacy, strict: true },
  )

  expect(issues).toEqual([])
})

test.each([
  ['current', current],
  ['handling=strict', strict],
])('retired names alone are refused by %s with their replacement, and no other issue is reported', (_, options) => {
  const create = parseBody('integrations.create', { name: 'Bugs', integration_type: 'jria' }, options)
  const status = parseBody('integrations.setStatus', { status: 'pending' }, options)
  const ticket = parseBody('tickets.create', { title: 'Bug', description: '…', integration: 'JIRA' }, options)
  const list = parseQuery('integrations.list', [['is_enabled', 'perhaps']], options)

  expect(
    [create, status, ticket, list].map(({ issues }) => issues.map(({ code, replacement }) => [code, replacement])),
  ).toEqual([
    [['retired_field', 'platform_name']],
    [['retired_field', 'enabled']],
    [['retired_field', 'integration_id']],
    [['retired_field', 'enabled']],
  ])
  expect(ticket.lookups).toEqual([])
})

// Both names with different values on create: 422 conflicting_fields, with both names in the message.

test('both names, different, create: refused with both names', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', ...jira, is_enabled: true, enabled: false },
    transitional,
  )

  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'enabled'],
      msg: '`enabled` disagrees with `is_enabled`; send only `enabled`',
      code: 'conflicting_fields',
      replacement: 'enabled',
    },
  ])
})

test('null beside a value under the other name, create: the value counts, on either side', () => {
  const bodies = [
    { name: 'Bugs', ...jira, is_enabled: null, enabled: false },
    { name: 'Bugs', ...jira, is_enabled: false, enabled: null },
  ]

  const parsed = bodies.map((body) => parseBody('integrations.create', body, transitional))

  expect(parsed.map(({ body, issues }) => [body['enabled'], issues])).toEqual([
    [false, []],
    [false, []],
  ])
})

test('both names, different, create: two platforms are reported once for each field', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', integration_category: 'messaging', platform_name: 'slack' },
    transitional,
  )

  expect(issues.map(({ code, msg }) => [code, msg])).toEqual([
    ['conflicting_fields', '`integration_category` disagrees with `integration_type`; send only `platform_name`'],
    ['conflicting_fields', '`platform_name` disagrees with `integration_type`; send only `platform_name`'],
  ])
})

test('both names, different, create: integration_type and a category alone', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', integration_category: 'crm' },
    transitional,
  )

  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'integration_category'],
      msg: '`integration_category` disagrees with `integration_type`; send only `platform_name`',
      code: 'conflicting_fields',
      replacement: 'platform_name',
    },
  ])
})

test('both names, different, create: integration_type and another platform, without category', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', platform_name: 'slack' },
    transitional,
  )

  expect(issues.map(({ msg }) => msg)).toEqual([
    '`platform_name` disagrees with `integration_type`; send only `platform_name`',
  ])
})

test('both names, different, create: two retired names of the integration of a ticket', () => {
  const { issues, lookups } = parseBody(
    'tickets.create',
    { title: 'Bug', description: '…', integration_name: 'JIRA', integration: 'Other' },
    { ...transitional, idOf: () => '00000000-0000-4000-8000-000000000001' },
  )

  expect(lookups).toEqual([])
  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'integration_name'],
      msg: '`integration_name` disagrees with `integration`; send only `integration_id`',
      code: 'conflicting_fields',
      replacement: 'integration_id',
    },
  ])
})

test('both names, different, create: a name and the id of another integration', () => {
  const { issues } = parseBody(
    'tickets.create',
    {
      title: 'Bug',
      description: '…',
      integration_name: 'JIRA',
      integration_id: '00000000-0000-4000-8000-000000000002',
    },
    { ...transitional, idOf: () => '00000000-0000-4000-8000-000000000001' },
  )

  expect(issues.map(({ code, msg }) => [code, msg])).toEqual([
    ['conflicting_fields', '`integration_id` disagrees with `integration_name`; send only `integration_id`'],
  ])
})

test('both names, different, query: refused', () => {
  const { issues } = parseQuery(
    'integrations.list',
    [
      ['is_enabled', 'true'],
      ['enabled', 'false'],
    ],
    transitional,
  )

  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['query', 'enabled'],
      msg: '`enabled` disagrees with `is_enabled`; send only `enabled`',
      code: 'conflicting_fields',
      replacement: 'enabled',
    },
  ])
})

test('both names, different: two retired names of a status call are reported by their own names', () => {
  const { issues } = parseBody('integrations.setStatus', { status: 'active', is_enabled: false }, transitional)

  expect(issues.map(({ code, loc, msg }) => [code, loc, msg])).toEqual([
    ['conflicting_fields', ['body', 'is_enabled'], '`is_enabled` disagrees with `status`; send only `enabled`'],
  ])
})

// Both names with different values on update: the value that differs from the stored row counts.

test('both names, different, update: the value that differs from the stored row counts, here the retired one', () => {
  const { body, issues } = parseBody(
    'integrations.update',
    { name: 'Bugs', enabled: true, is_enabled: false },
    { ...transitional, stored },
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'Bugs', enabled: false })
})

test('both names, different, update: the value that differs from the stored row counts, here the new one', () => {
  const { body, issues, used } = parseBody(
    'integrations.update',
    { enabled: false, is_enabled: true },
    { ...transitional, stored },
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ enabled: false })
  expect(used.map(({ field }) => field)).toEqual(['is_enabled'])
})

test('both names, different, update: an old client changes is_enabled and sends the whole reply back', () => {
  const reply = downgrade('integrations.retrieve', stored, { part: 'reply', both: true }).body

  const { body, issues, ignored } = parseBody(
    'integrations.update',
    { ...reply, is_enabled: false },
    { ...transitional, stored },
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'JIRA Production', enabled: false })
  expect(ignored).toEqual(['updated_at'])
})

test('both names, different, update: refused if both differ from the stored row', () => {
  const ticket = { integration_id: '00000000-0000-4000-8000-000000000001' }

  const { issues } = parseBody(
    'tickets.replace',
    { integration_name: 'JIRA', integration_id: '00000000-0000-4000-8000-000000000003' },
    { ...transitional, stored: ticket, idOf: () => '00000000-0000-4000-8000-000000000002' },
  )

  expect(issues.map(({ code, msg }) => [code, msg])).toEqual([
    ['conflicting_fields', '`integration_id` disagrees with `integration_name`; send only `integration_id`'],
  ])
})

test('both names, different, update: refused without a stored row', () => {
  const { issues } = parseBody('integrations.update', { enabled: true, is_enabled: false }, transitional)

  expect(issues.map(({ code }) => code)).toEqual(['conflicting_fields'])
})

test('both names, different, update: refused if the stored row does not have the field', () => {
  const { issues } = parseBody(
    'integrations.update',
    { enabled: true, is_enabled: false },
    { ...transitional, stored: { name: 'Bugs' } },
  )

  expect(issues.map(({ code }) => code)).toEqual(['conflicting_fields'])
})

test('both names, different, update: neither name can change the platform', () => {
  const { issues } = parseBody(
    'integrations.update',
    { ...jira, integration_type: 'slack' },
    { ...transitional, stored },
  )

  expect(issues.map(({ code, loc }) => [code, loc])).toEqual([['read_only_field', ['body', 'integration_type']]])
})

// Platform without category: category derived.

test.each([
  ['transitional', transitional],
  ['current', current],
  ['handling=strict', strict],
])('platform without category: the category is derived and placed before the platform (%s)', (_, options) => {
  const { body, issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', platform_name: 'jira', region: 'eu' },
    options,
  )

  expect(issues).toEqual([])
  expect(Object.entries(body)).toEqual([
    ['name', 'Bugs'],
    ['integration_category', 'ticketing'],
    ['platform_name', 'jira'],
    ['region', 'eu'],
  ])
})

test('platform without category: the category is derived in a query', () => {
  const { body } = parseQuery('integrations.list', [['platform_name', 'jira']], current)

  expect(body).toEqual(jira)
})

test('platform without category: an update that repeats the stored platform is accepted', () => {
  const { body, issues } = parseBody(
    'integrations.update',
    { name: 'Bugs', platform_name: 'jira' },
    { ...current, stored },
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'Bugs' })
})

// Category contradicts platform: 422 category_mismatch with the expected category.

test.each([
  ['transitional', transitional],
  ['current', current],
  ['handling=strict', strict],
])('category contradicts platform: the issue of a create names the expected category (%s)', (_, options) => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_category: 'crm', platform_name: 'jira' },
    options,
  )

  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'integration_category'],
      msg: '`integration_category` of `jira` is `ticketing`; send `ticketing`, or leave it out',
      code: 'category_mismatch',
      replacement: 'ticketing',
    },
  ])
})

test('platform without category: null is not a category', () => {
  const { body, issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_category: null, platform_name: 'jira' },
    current,
  )

  expect([body['integration_category'], issues]).toEqual(['ticketing', []])
})

test('category contradicts platform: update', () => {
  const { issues } = parseBody(
    'integrations.update',
    { integration_category: 'crm', platform_name: 'jira' },
    { ...current, stored },
  )

  expect(issues.map(({ code, replacement }) => [code, replacement])).toEqual([['category_mismatch', 'ticketing']])
})

test('category contradicts platform: an existing row that contradicts itself can be sent back', () => {
  const odd = { ...stored, integration_category: 'crm' }

  const { issues } = parseBody(
    'integrations.update',
    { integration_category: 'crm', platform_name: 'jira', integration_type: 'jira' },
    { ...transitional, stored: odd },
  )

  expect(issues).toEqual([])
})

test('category contradicts platform: query', () => {
  const { issues } = parseQuery(
    'integrations.list',
    [
      ['integration_category', 'crm'],
      ['platform_name', 'jira'],
    ],
    current,
  )

  expect(issues.map(({ code, loc }) => [code, loc])).toEqual([['category_mismatch', ['query', 'integration_category']]])
})

// Category without platform: create: 422 platform_required; update: only if equal to the stored one, else 422.

test.each([
  ['transitional', transitional],
  ['current', current],
  ['handling=strict', strict],
])('category without platform: create needs the platform (%s)', (_, options) => {
  const { issues } = parseBody('integrations.create', { name: 'Bugs', integration_category: 'ticketing' }, options)

  expect(issues).toEqual([
    {
      type: 'missing',
      loc: ['body', 'platform_name'],
      msg: '`platform_name` is required; a category alone does not determine the platform',
      code: 'platform_required',
    },
  ])
})

test('neither category nor platform: create reports one missing field, in legacy by its retired name', () => {
  const messages = [legacy, transitional, current].map((options) =>
    parseBody('integrations.create', { name: 'Bugs' }, options).issues.map(({ loc, msg }) => [loc[1], msg]),
  )

  expect(messages).toEqual([
    [['integration_type', '`integration_type` is required']],
    [['platform_name', '`platform_name` is required']],
    [['platform_name', '`platform_name` is required']],
  ])
})

test('category without platform: update accepts the stored category', () => {
  const { body, issues } = parseBody(
    'integrations.update',
    { name: 'Bugs', integration_category: 'ticketing' },
    { ...current, stored },
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'Bugs' })
})

test('category without platform: update refuses another category', () => {
  const { issues } = parseBody(
    'integrations.update',
    { name: 'Bugs', integration_category: 'crm' },
    { ...current, stored },
  )

  expect(issues.map(({ code, loc }) => [code, loc])).toEqual([['read_only_field', ['body', 'integration_category']]])
})

test('category without platform: a query filters by it', () => {
  const { body, issues } = parseQuery('integrations.list', [['integration_category', 'crm']], current)

  expect(issues).toEqual([])
  expect(body).toEqual({ integration_category: 'crm' })
})

// Unknown platform in a request: 422 unknown_platform with the most similar name; never mapped to webhook.

const all =
  'jira, servicenow, zendesk, freshdesk, salesforce, hubspot, slack, teams, email, sms, zoom, asana, trello, github, webhook'

test.each([
  ['transitional', transitional],
  ['current', current],
  ['handling=strict', strict],
])('unknown platform in a request: the most similar one is suggested (%s)', (_, options) => {
  const { body, issues } = parseBody('integrations.create', { name: 'Bugs', platform_name: 'jria' }, options)

  expect(issues).toEqual([
    {
      type: 'enum',
      loc: ['body', 'platform_name'],
      msg: `\`platform_name\` must be one of ${all}; did you mean \`jira\`?`,
      code: 'unknown_platform',
      replacement: 'jira',
    },
  ])
  expect(body).toEqual({ name: 'Bugs', platform_name: 'jria' })
})

test.each([
  ['legacy', legacy],
  ['transitional', transitional],
])('unknown platform in a request: also as integration_type (%s)', (_, options) => {
  const { body, issues } = parseBody('integrations.create', { name: 'Bugs', integration_type: 'sevicenow' }, options)

  expect(issues).toEqual([
    {
      type: 'enum',
      loc: ['body', 'integration_type'],
      msg: `\`integration_type\` must be one of ${all}; did you mean \`servicenow\`?`,
      code: 'unknown_platform',
      replacement: 'servicenow',
    },
  ])
  expect(body).toEqual({ name: 'Bugs', integration_type: 'sevicenow' })
})

test.each(['acme', 'custom', 'other', '', 'hook', '__proto__', 'constructor', 7, {}, [[]], true])(
  'unknown platform in a request: %o is refused without a suggestion, and never read as webhook',
  (value) => {
    const withNewName = parseBody('integrations.create', { name: 'Bugs', platform_name: value }, current)
    const withRetiredName = parseBody('integrations.create', { name: 'Bugs', integration_type: value }, transitional)

    expect(
      [...withNewName.issues, ...withRetiredName.issues].map(({ code, replacement }) => [code, replacement]),
    ).toEqual([
      ['unknown_platform', undefined],
      ['unknown_platform', undefined],
    ])
    expect(withRetiredName.body).toEqual({ name: 'Bugs', integration_type: value })
  },
)

test('unknown platform in a request: query', () => {
  const withNewName = parseQuery('integrations.list', [['platform_name', 'slak']], current)
  const withRetiredName = parseQuery('integrations.list', [['integration_type', 'slak']], transitional)

  expect(
    [...withNewName.issues, ...withRetiredName.issues].map(({ code, replacement, loc }) => [code, replacement, loc]),
  ).toEqual([
    ['unknown_platform', 'slack', ['query', 'platform_name']],
    ['unknown_platform', 'slack', ['query', 'integration_type']],
  ])
})

test('unknown platform in a request: downgrade keeps the new fields, because no backend would understand the retired one', () => {
  const { body, unmapped } = downgrade('integrations.create', { name: 'Bugs', platform_name: 'acme' })

  expect(body).toEqual({ name: 'Bugs', platform_name: 'acme' })
  expect(unmapped.map(({ id }) => id)).toEqual(['integration-type-to-category-and-platform'])
})

test('a category alone cannot be downgraded: it stays', () => {
  const { body, unmapped } = downgrade(
    'integrations.list',
    { integration_category: 'crm', enabled: true },
    { part: 'query' },
  )

  expect(body).toEqual({ integration_category: 'crm', is_enabled: true })
  expect(unmapped.map(({ id }) => id)).toEqual(['integration-type-to-category-and-platform'])
})

// Unknown platform, category or status in a reply or an existing row: unchanged.

const acme = { ...stored, integration_category: 'robotics', platform_name: 'acme', status: 'archived' }

test('unknown values in a reply: unchanged, and the guards reject them', () => {
  const { body, issues } = upgrade('integrations.retrieve', acme, { part: 'reply' })

  expect(body).toEqual(acme)
  expect(issues).toEqual([])
  expect([isPlatform('acme'), isIntegrationCategory('robotics'), isIntegrationStatus('archived')]).toEqual([
    false,
    false,
    false,
  ])
})

test('unknown values in a legacy reply: the value becomes the platform, and no category is invented', () => {
  const { body } = upgrade('integrations.retrieve', { id: '1', integration_type: 'ACME ' }, { part: 'reply' })

  expect(body).toEqual({ id: '1', platform_name: 'ACME ' })
})

test('unknown values in a transitional reply: the value is also shown as integration_type', () => {
  const { body, unmapped } = downgrade('integrations.retrieve', acme, { part: 'reply', both: true })

  expect(body).toEqual({ ...acme, is_enabled: true, integration_type: 'acme' })
  expect(unmapped).toEqual([])
})

test('unknown values in a legacy reply: the value replaces the pair in place', () => {
  const { body } = downgrade('integrations.retrieve', acme, { part: 'reply' })

  expect(Object.keys(body)).toEqual([
    'id',
    'created_at',
    'updated_at',
    'name',
    'integration_type',
    'status',
    'is_enabled',
    'auth_type',
  ])
  expect(body['integration_type']).toBe('acme')
})

test('unknown values of an existing row: converting them back gives the same values', () => {
  const reply = downgrade('integrations.retrieve', acme, { part: 'reply', both: true }).body

  const { body, issues } = parseBody('integrations.update', reply, { ...transitional, stored: acme })

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'JIRA Production', enabled: true })
})

test('unknown values of an existing row: they are case-sensitive', () => {
  const { issues } = parseBody('integrations.update', { integration_type: 'ACME' }, { ...transitional, stored: acme })

  expect(issues.map(({ code, loc }) => [code, loc])).toEqual([['unknown_platform', ['body', 'integration_type']]])
})

test('unknown values fit the schema of a reply', () => {
  const result = Integration.safeParse({ ...acme, integration_category: 'robotics' })

  const complained = result.error?.issues.map(({ path }) => path[0]) ?? []
  expect(complained).not.toContain('integration_category')
  expect(complained).not.toContain('platform_name')
  expect(complained).not.toContain('status')
})

// `JIRA`, ` Jira `: the retired field is trimmed and lower-cased; the new field is exact, and 422 suggests `jira`.

test.each(['JIRA', ' Jira ', '\tjira\n'])('%j as integration_type is jira', (value) => {
  const bodies = [legacy, transitional].map(
    (options) => parseBody('integrations.create', { name: 'Bugs', integration_type: value }, options).body,
  )
  const query = parseQuery('integrations.list', [['integration_type', value]], legacy)

  expect(bodies).toEqual([
    { name: 'Bugs', ...jira },
    { name: 'Bugs', ...jira },
  ])
  expect(query.body).toEqual(jira)
})

test.each(['JIRA', ' Jira ', '\tjira\n'])('%j as platform_name is refused with the suggestion jira', (value) => {
  const { issues } = parseBody('integrations.create', { name: 'Bugs', platform_name: value }, current)

  expect(issues.map(({ code, replacement }) => [code, replacement])).toEqual([['unknown_platform', 'jira']])
})

test('a category in another case is refused with a suggestion', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_category: 'Ticketing', platform_name: 'jira' },
    current,
  )

  expect(issues.map(({ replacement }) => replacement)).toEqual(['ticketing'])
})

test.each([
  ['active', true],
  [' ACTIVE ', true],
  ['Inactive', false],
])('the retired status %j is enabled: %j', (value, enabled) => {
  const { body, issues } = parseBody('integrations.setStatus', { status: value }, legacy)

  expect(issues).toEqual([])
  expect(body).toEqual({ enabled })
})

test.each(['pending', 'error', 'expired', 'suspended', ' Pending '])(
  'the status %j cannot be set, and is named',
  (value) => {
    const { issues } = parseBody('integrations.setStatus', { status: value }, transitional)

    expect(issues).toEqual([
      {
        type: 'enum',
        loc: ['body', 'status'],
        msg: `\`status\` cannot be set to \`${value.trim().toLowerCase()}\`; send \`enabled: true\` for active or \`enabled: false\` for inactive`,
        code: 'status_not_settable',
        replacement: 'enabled',
      },
    ])
  },
)

test.each([
  ['activ', ' (did you mean `active`?)'],
  ['on', ''],
  ['', ''],
  [true, ''],
  [['active'], ''],
])('the status %j is refused and not quoted', (value, hint) => {
  const { issues } = parseBody('integrations.setStatus', { status: value }, legacy)

  expect(issues.map(({ code, msg }) => [code, msg])).toEqual([
    ['status_not_settable', `\`status\` cannot be set; send \`active\` or \`inactive\`${hint}`],
  ])
})

// Unknown fields.

test.each([
  ['legacy', legacy],
  ['transitional', transitional],
])('unknown fields: ignored and listed (%s)', (_, options) => {
  const { body, issues, ignored } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', configuration: {}, metadata: null, credentails: { api_key: 'x' } },
    options,
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'Bugs', ...jira })
  expect(ignored).toEqual(['configuration', 'metadata', 'credentails'])
})

test.each([
  ['current', current],
  ['handling=strict', strict],
])('unknown fields: refused by %s with the most similar name', (_, options) => {
  const { issues, ignored } = parseBody(
    'integrations.create',
    { name: 'Bugs', platform_name: 'jira', credentails: {}, zzz: 1 },
    options,
  )

  expect(ignored).toEqual([])
  expect(issues).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'credentails'],
      msg: '`credentails` is not a field; did you mean `credentials`?',
      code: 'unknown_field',
      replacement: 'credentials',
    },
    { type: 'value_error', loc: ['body', 'zzz'], msg: '`zzz` is not a field', code: 'unknown_field' },
  ])
})

test('unknown fields: also in a query', () => {
  const pairs = [
    ['page', '2'],
    ['limit', '5'],
  ] as const

  const ignoring = parseQuery('integrations.list', pairs, transitional)
  const refusing = parseQuery('integrations.list', pairs, current)

  expect(ignoring).toMatchObject({ body: { limit: 5 }, ignored: ['page'], issues: [] })
  expect(refusing.issues).toEqual([
    {
      type: 'value_error',
      loc: ['query', 'page'],
      msg: '`page` is not a field; did you mean `offset`?',
      code: 'unknown_field',
      replacement: 'offset',
    },
  ])
})

test('unknown fields: every parameter of an endpoint without query is unknown', () => {
  const { body, issues } = parseQuery('integrations.delete', [['force', 'true']], current)

  expect(body).toEqual({})
  expect(issues.map(({ msg }) => msg)).toEqual(['`force` is not a field'])
})

test('unknown fields: legacy does not have the new names', () => {
  const { body, ignored, issues } = parseBody('integrations.setStatus', { status: 'inactive', enabled: true }, legacy)

  expect(issues).toEqual([])
  expect(body).toEqual({ enabled: false })
  expect(ignored).toEqual(['enabled'])
})

test('unknown fields: legacy ignores a new filter and lists it as ignored', () => {
  const { body, ignored } = parseQuery(
    'integrations.list',
    [
      ['enabled', 'true'],
      ['platform_name', 'jira'],
      ['name', 'JIRA'],
    ],
    legacy,
  )

  expect(body).toEqual({ name: 'JIRA' })
  expect(ignored).toEqual(['enabled', 'platform_name'])
})

// Reply fields sent back in an update.

const whole = { ...stored, usage_stats: { total_requests: 5 }, is_healthy: false, credentials_updated_at: null }

test.each([
  ['transitional', transitional],
  ['current', current],
  ['handling=strict', strict],
])('reply fields sent back: accepted if equal to the stored value, computed ones ignored (%s)', (_, options) => {
  const { body, issues, ignored } = parseBody('integrations.update', whole, { ...options, stored })

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'JIRA Production', enabled: true })
  expect(ignored).toEqual(['updated_at', 'usage_stats', 'is_healthy', 'credentials_updated_at'])
})

test.each(['id', 'created_at', 'integration_category', 'platform_name', 'auth_type', 'status'])(
  'reply fields sent back: another %s is refused',
  (field) => {
    const { issues } = parseBody('integrations.update', { [field]: 'other' }, { ...current, stored })

    expect(issues).toEqual([
      {
        type: 'value_error',
        loc: ['body', field],
        msg: `\`${field}\` cannot be changed; leave it out`,
        code: 'read_only_field',
      },
    ])
  },
)

test.each(['updated_at', 'usage_stats', 'health_info', 'is_healthy', 'consecutive_failures'])(
  'reply fields sent back: %s is moved by the server and has no effect',
  (field) => {
    const { body, issues, ignored } = parseBody('integrations.update', { [field]: 'other' }, { ...current, stored })

    expect(issues).toEqual([])
    expect(body).toEqual({})
    expect(ignored).toEqual([field])
  },
)

test('reply fields sent back: also with retired names', () => {
  const reply = downgrade('integrations.retrieve', stored, { part: 'reply' }).body

  const { body, issues } = parseBody('integrations.update', reply, { ...legacy, stored })

  expect(issues).toEqual([])
  expect(body).toEqual({ name: 'JIRA Production', enabled: true })
})

test('reply fields sent back: another integration_type is refused by its retired name', () => {
  const { issues } = parseBody('integrations.update', { integration_type: 'slack' }, { ...legacy, stored })

  expect(issues.map(({ code, loc, msg }) => [code, loc, msg])).toEqual([
    ['read_only_field', ['body', 'integration_type'], '`integration_type` cannot be changed; leave it out'],
  ])
})

test('reply fields sent back: without the stored row they are passed on', () => {
  const { body, issues, ignored } = parseBody('integrations.update', whole, current)

  expect(issues).toEqual([])
  expect(ignored).toEqual(['updated_at', 'usage_stats', 'is_healthy', 'credentials_updated_at'])
  expect(body).toEqual({
    id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
    created_at: '2025-09-06T12:00:00.000000Z',
    name: 'JIRA Production',
    integration_category: 'ticketing',
    platform_name: 'jira',
    status: 'active',
    enabled: true,
    auth_type: 'api_key',
  })
})

test('reply fields sent back: of a ticket', () => {
  const ticket = { id: '1', title: 'Bug', urgency: 'low', age_in_hours: 2, creator: { id: '2' } }

  const equal = parseBody('tickets.update', ticket, { ...current, stored: ticket })
  const other = parseBody('tickets.update', { ...ticket, urgency: 'high' }, { ...current, stored: ticket })

  expect(equal).toMatchObject({ body: { title: 'Bug' }, issues: [], ignored: ['age_in_hours', 'creator'] })
  expect(other.issues.map(({ code, loc }) => [code, loc])).toEqual([['read_only_field', ['body', 'urgency']]])
})

test('reply fields sent back: in a create they are unknown fields', () => {
  const { ignored } = parseBody(
    'integrations.create',
    { name: 'Bugs', integration_type: 'jira', id: '1' },
    transitional,
  )

  expect(ignored).toEqual(['id'])
})

// Retired routes.

test('a retired route: the body of the status route is a body of PATCH', () => {
  const { body, issues } = parseBody(
    'tickets.setStatus',
    { status: 'resolved', resolution_summary: ' Fixed. ', internal_notes: null },
    legacy,
  )

  expect(issues).toEqual([])
  expect(body).toEqual({ status: 'resolved', resolution_summary: 'Fixed.', internal_notes: null })
})

test('a retired route: the reason of the assign route is the assignment_reason of PATCH', () => {
  const assigned_to_id = '00000000-0000-4000-8000-000000000001'

  const { body, issues, used } = parseBody('tickets.assign', { reason: 'On call', assigned_to_id }, transitional)

  expect([issues, used]).toEqual([
    [],
    [{ field: 'reason', replacement: 'assignment_reason', change: 'ticket-status-and-assign-routes' }],
  ])
  expect(Object.entries(body)).toEqual([
    ['assignment_reason', 'On call'],
    ['assigned_to_id', assigned_to_id],
  ])
})

test('a retired route reports issues by its own field names', () => {
  const assign = parseBody('tickets.assign', { reason: 'x'.repeat(501), assignment_reason: 'x' }, transitional)
  const status = parseBody('tickets.setStatus', { status: 'closed' }, transitional)

  expect(assign.issues.map(({ msg }) => msg)).toEqual(['`reason` must have at most 500 characters'])
  expect(assign.ignored).toEqual(['assignment_reason'])
  expect(status.issues.map(({ msg }) => msg)).toEqual([
    '`resolution_summary` is required when `status` becomes `closed`',
  ])
})
