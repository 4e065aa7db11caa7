import { type Generation, parseBody, parseQuery, resolveIntegrationName } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const messages = (endpointId: 'integrations.create' | 'tickets.create' | 'tickets.createWithAi', body: object) =>
  parseBody(endpointId, body, { generation: 'current' }).issues.map(({ msg, replacement }) => [msg, replacement])

test('a value that contains a known one as a part is suggested', () => {
  expect([
    ...messages('integrations.create', { name: 'A', platform_name: 'generic_webhook' }),
    ...messages('integrations.create', { name: 'A', platform_name: 'email', auth_type: 'bearer_token' }),
    ...messages('integrations.create', { name: 'A', platform_name: 'microsoft-teams' }),
  ]).toEqual([
    [expect.stringContaining('; did you mean `webhook`?'), 'webhook'],
    [expect.stringContaining('; did you mean `bearer`?'), 'bearer'],
    [expect.stringContaining('; did you mean `teams`?'), 'teams'],
  ])
})

test.each([
  ['tickets.list', 'limit', 'size'],
  ['tickets.list', 'offset', 'page'],
  ['tickets.list', 'search', 'q'],
  ['tickets.list', 'order', 'sort_order'],
  ['integrations.list', 'size', 'limit'],
  ['integrations.list', 'per_page', 'limit'],
  ['integrations.list', 'status', 'integration_status'],
] as const)('%s has no parameter %s: %s is suggested', (endpointId, name, suggestion) => {
  const { issues } = parseQuery(endpointId, [[name, '1']], { generation: 'current' })

  expect(issues.map(({ msg, replacement }) => [msg, replacement])).toEqual([
    [`\`${name}\` is not a field; did you mean \`${suggestion}\`?`, suggestion],
  ])
})

test('`configuration` of an integration is called `credentials`', () => {
  expect(messages('integrations.create', { name: 'A', platform_name: 'jira', configuration: {} })).toEqual([
    ['`configuration` is not a field; did you mean `credentials`?', 'credentials'],
  ])
})

test('several values of a query parameter are sent by repeating it', () => {
  const { issues } = parseQuery('tickets.list', [['status', 'open,closed']], { generation: 'current' })

  expect(issues.map(({ msg }) => msg)).toEqual([
    '`status.0` must be one of new, open, in_progress, pending, resolved, closed, cancelled; repeat `status` for several values',
  ])
})

test('an id of another type must be a UUID', () => {
  expect(messages('tickets.createWithAi', { user_input: 'A', uploaded_files: [7] })).toEqual([
    ['`uploaded_files.0` must be a UUID, not an integer', undefined],
  ])
})

test('credentials are strings, except for a port', () => {
  const email = { smtp_host: 'h', smtp_port: 25, username: ['x'], password: 7, api_key: 'k', note: { any: 'thing' } }

  expect(messages('integrations.create', { name: 'A', platform_name: 'email', credentials: email })).toEqual([
    ['`credentials.username` must be a string, not a list', undefined],
    ['`credentials.password` must be a string, not an integer', undefined],
  ])
})

test('an invalid file id is reported with its index in file_ids', () => {
  const body = { title: 'A', description: 'B', file_ids: ['x'] }

  const { issues } = parseBody('tickets.create', body, { generation: 'transitional' })

  expect(issues.map(({ loc, msg }) => [loc, msg])).toEqual([
    [['body', 'file_ids', 0], '`file_ids.0` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'],
  ])
})

// Advice for legacy callers names only what legacy understands.

const current = /`(?:enabled|enabled: \w+|platform_name|integration_category|integration_id|attachments)`/
const requests = [
  ['integrations.setStatus', { status: 'suspended' }],
  ['integrations.setStatus', { status: 'active', is_enabled: false }],
  ['integrations.create', { name: 'A', integration_type: 'jir' }],
  ['integrations.create', { name: 'A' }],
  ['tickets.create', { title: 'A', description: 'B', integration: 7 }],
  ['tickets.create', { title: 'A', description: 'B', integration: 'a', integration_name: 'b' }],
  ['tickets.create', { title: 'A', description: 'B', file_ids: 'x' }],
  ['tickets.create', { title: 'A', description: 'B', file_ids: ['x'] }],
] as const

test.each(requests)('legacy: advice on %s %j names no new field', (endpointId, body) => {
  const { issues } = parseBody(endpointId, body, { generation: 'legacy' })

  expect(issues).not.toEqual([])
  for (const { msg, replacement } of issues) {
    expect(msg).not.toMatch(current)
    expect(['jira', undefined]).toContain(replacement)
  }
})

test('transitional: the same advice names the new field', () => {
  const advice = requests.flatMap(([endpointId, body]) =>
    parseBody(endpointId, body, { generation: 'transitional' satisfies Generation }).issues.map(({ msg }) => msg),
  )

  expect(advice).toContain(
    '`status` cannot be set to `suspended`; send `enabled: true` for active or `enabled: false` for inactive',
  )
  expect(advice).toContain('`integration` disagrees with `integration_name`; send only `integration_id`')
})

test('legacy: advice on a name that several integrations share does not ask for an id', () => {
  const jira = (id: string) => ({ id, name: 'Bugs', platform_name: 'jira', status: 'active' })
  const other = (id: string) => ({ id, name: id, platform_name: 'jira', status: 'active' })

  expect([
    resolveIntegrationName('Bugs', [jira('1'), jira('2')], { legacyOnly: true }),
    resolveIntegrationName('jira', [other('1'), other('2')], { legacyOnly: true }),
    resolveIntegrationName('none', [], { legacyOnly: true }),
  ]).toMatchObject([
    { message: '2 integrations have this name; rename all but one of 1, 2' },
    { message: 'no integration has this name, and 2 integrations are on the platform it names; send the name of one' },
    { message: 'no integration has this name; list the integrations and send the name of one' },
  ])
})

test('an invalid stored value may be sent back, but not replaced by another invalid one', () => {
  const stored = { base_url: 'https://user:word@old.example.test', environment: '' }

  const same = parseBody('integrations.update', { ...stored, description: 'new' }, { generation: 'current', stored })
  const other = parseBody('integrations.update', { base_url: 'x', environment: '' }, { generation: 'current', stored })

  expect([same.issues, other.issues.map(({ loc }) => loc[1])]).toEqual([[], ['base_url']])
})

test.each(['last_health_check_at', 'success_rate', 'health_status'])(
  'an item of a list can be sent back: %s',
  (field) => {
    const { body, issues, ignored } = parseBody(
      'integrations.update',
      { description: 'new', [field]: 'any' },
      { generation: 'current' },
    )

    expect({ body, issues, ignored }).toEqual({ body: { description: 'new' }, issues: [], ignored: [field] })
  },
)
