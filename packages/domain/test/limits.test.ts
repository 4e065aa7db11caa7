import { type EndpointId, type Issue, type JsonObject, parseBody } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const minimal: Partial<Record<EndpointId, object>> = {
  'integrations.create': { name: 'Bugs', platform_name: 'jira' },
  'integrations.setStatus': { enabled: true },
  'integrations.sync': { sync_type: 'full' },
  'tickets.create': { title: 'Bug', description: 'It broke.' },
  'tickets.update': { title: 'Bug' },
  'tickets.setStatus': { status: 'open' },
  'tickets.createWithAi': { user_input: 'It broke.' },
  'tickets.addAttachments': { attachments: [{ file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }] },
}

/** The issues of a minimal body with one more field. */
function faults(endpointId: EndpointId, field: string, value: unknown): readonly Issue[] {
  const generation = endpointId === 'tickets.setStatus' || endpointId === 'tickets.assign' ? 'transitional' : 'current'
  return parseBody(endpointId, { ...minimal[endpointId], [field]: value }, { generation }).issues
}
const messages = (endpointId: EndpointId, field: string, value: unknown) =>
  faults(endpointId, field, value).map(({ msg }) => msg)

const uuid = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'
const both = ['integrations.create', 'integrations.update'] as const
const texts = (endpointIds: readonly EndpointId[], field: string, max: number, blank: 'blank' | 'not blank') =>
  endpointIds.map((endpointId) => ({ endpointId, field, max, blank }))

// The maximum length of every string that has one, in characters (existing backend: create an integration, …).
const limitedTexts = [
  ...texts(both, 'name', 255, 'not blank'),
  ...texts(both, 'api_version', 20, 'blank'),
  ...texts(both, 'webhook_secret', 255, 'blank'),
  ...texts(both, 'environment', 50, 'not blank'),
  ...texts(both, 'region', 50, 'blank'),
  ...texts(['integrations.setStatus'], 'reason', 500, 'blank'),
  ...texts(['tickets.create', 'tickets.replace', 'tickets.update'], 'title', 500, 'not blank'),
  ...texts(['tickets.create', 'tickets.replace', 'tickets.update'], 'department', 100, 'blank'),
  ...texts(['tickets.update'], 'assignment_reason', 500, 'blank'),
  ...texts(['tickets.assign'], 'reason', 500, 'blank'),
]

test.each(limitedTexts)('$field of $endpointId has at most $max characters', ({ endpointId, field, max }) => {
  expect(messages(endpointId, field, 'x'.repeat(max - 1))).toEqual([])
  expect(messages(endpointId, field, 'x'.repeat(max))).toEqual([])
  expect(faults(endpointId, field, 'x'.repeat(max + 1))).toEqual([
    {
      type: 'string_too_long',
      loc: ['body', field],
      msg: `\`${field}\` must have at most ${max} characters`,
      code: 'validation_failed',
    },
  ])
})

test.each(limitedTexts)('$field of $endpointId counts characters, not code units', ({ endpointId, field, max }) => {
  expect(messages(endpointId, field, '😀'.repeat(max))).toEqual([])
  expect(messages(endpointId, field, '😀'.repeat(max + 1))).toEqual([
    `\`${field}\` must have at most ${max} characters`,
  ])
})

test.each(limitedTexts)(
  '$field of $endpointId is measured without the spaces around it',
  ({ endpointId, field, max }) => {
    expect(messages(endpointId, field, ` ${'x'.repeat(max)}\n`)).toEqual([])
  },
)

test.each(limitedTexts)('$field of $endpointId may be $blank', ({ endpointId, field, blank }) => {
  const found = blank === 'blank' ? [] : [`\`${field}\` must not be blank`]

  expect(messages(endpointId, field, '')).toEqual(found)
  expect(messages(endpointId, field, ' \t\n')).toEqual(found)
})

test.each([
  ['tickets.create', 'description'],
  ['tickets.replace', 'description'],
  ['tickets.update', 'description'],
  ['tickets.createWithAi', 'user_input'],
] as const)('%s: %s must not be blank, and may be long', (endpointId, field) => {
  expect(faults(endpointId, field, '  ')).toEqual([
    {
      type: 'string_too_short',
      loc: ['body', field],
      msg: `\`${field}\` must not be blank`,
      code: 'validation_failed',
    },
  ])
  expect(messages(endpointId, field, 'x'.repeat(100_000))).toEqual([])
})

test('255 emoji are a name, 256 are not', () => {
  expect(messages('integrations.create', 'name', '😀'.repeat(255))).toEqual([])
  expect(messages('integrations.create', 'name', '😀'.repeat(256))).toEqual(['`name` must have at most 255 characters'])
})

test('strings are trimmed; secrets and values inside objects are not', () => {
  const { body } = parseBody(
    'integrations.create',
    {
      name: '  Bugs ',
      platform_name: 'jira',
      description: '\n',
      webhook_secret: ' s3cret ',
      routing_rules: { queue: ' a ' },
    },
    { generation: 'current' },
  )

  expect(body).toEqual({
    name: 'Bugs',
    integration_category: 'ticketing',
    platform_name: 'jira',
    description: '',
    webhook_secret: ' s3cret ',
    routing_rules: { queue: ' a ' },
  })
})

const numbers = [
  { endpointId: 'integrations.create', field: 'default_priority', min: 1, max: 1000 },
  { endpointId: 'integrations.update', field: 'default_priority', min: 1, max: 1000 },
  { endpointId: 'integrations.create', field: 'sync_frequency_minutes', min: 1, max: 1440 },
  { endpointId: 'integrations.update', field: 'sync_frequency_minutes', min: 1, max: 1440 },
  { endpointId: 'integrations.create', field: 'rate_limit_per_hour', min: 1, max: 2_147_483_647 },
  { endpointId: 'integrations.update', field: 'rate_limit_per_hour', min: 1, max: 2_147_483_647 },
] as const

test.each(numbers)('$field of $endpointId is an integer from $min to $max', ({ endpointId, field, min, max }) => {
  const found = [min - 1, min, min + 1, max - 1, max, max + 1, 1.5, '5', true, Number.NaN].map((value) =>
    messages(endpointId, field, value),
  )

  expect(found).toEqual([
    [`\`${field}\` must be at least ${min}`],
    [],
    [],
    [],
    [],
    [`\`${field}\` must be at most ${max}`],
    [`\`${field}\` must be an integer, not a number`],
    [`\`${field}\` must be an integer, not a string`],
    [`\`${field}\` must be an integer, not a boolean`],
    [`\`${field}\` must be an integer, not a number`],
  ])
})

test('the types of issues with numbers are those of the existing backend', () => {
  const types = [0, 1001, 1.5].map((value) => faults('integrations.create', 'default_priority', value)[0]?.type)

  expect(types).toEqual(['greater_than_equal', 'less_than_equal', 'int_type'])
})

test.each(['base_url', 'webhook_url'])(
  '%s is an http or https URL without user, password and spaces, of at most 500 characters',
  (field) => {
    const start = 'https://tracker.example.test/'
    const values = [
      start,
      'HTTP://tracker.example.test',
      ' https://tracker.example.test ',
      start.padEnd(500, 'x'),
      start.padEnd(501, 'x'),
      'ftp://tracker.example.test',
      'tracker.example.test',
      'https://',
      '',
      'https://:8080/x',
      'https://tracker.example.test/a b',
      'https://user:word@tracker.example.test',
      'https://user@tracker.example.test/x',
      'https://tracker.example.test/@user',
      'https://[::1]:8080',
    ]

    const found = values.map((value) => messages('integrations.create', field, value))

    expect(found).toEqual([
      [],
      [],
      [],
      [],
      [`\`${field}\` must have at most 500 characters`],
      [`\`${field}\` must start with http:// or https://`],
      [`\`${field}\` must start with http:// or https://`],
      [`\`${field}\` must have a host after http:// or https://`],
      [`\`${field}\` must start with http:// or https://`],
      [`\`${field}\` must have a host after http:// or https://`],
      [`\`${field}\` must not contain spaces`],
      [`\`${field}\` must not contain a user or a password, because replies show it; send \`credentials\``],
      [`\`${field}\` must not contain a user or a password, because replies show it; send \`credentials\``],
      [],
      [],
    ])
  },
)

test.each([
  ['tickets.create', 'assigned_to_id'],
  ['tickets.create', 'integration_id'],
  ['tickets.replace', 'assigned_to_id'],
  ['tickets.replace', 'integration_id'],
  ['tickets.update', 'assigned_to_id'],
  ['tickets.assign', 'assigned_to_id'],
  ['tickets.createWithAi', 'integration_id'],
] as const)('%s: %s is a UUID or null', (endpointId, field) => {
  const found = [uuid, uuid.toUpperCase(), null, 'jira', '', uuid.slice(1), 7].map((value) =>
    messages(endpointId, field, value),
  )

  const rule = `\`${field}\` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4`
  expect(found).toEqual([[], [], [], [rule], [rule], [rule], [`\`${field}\` must be a UUID, not an integer`]])
})

test.each(['2025-01-31', '2025-04-30', '2024-02-29', '2000-02-29', '0000-02-29'])('due_date can be on %s', (day) => {
  expect(faults('tickets.update', 'due_date', `${day}T12:00:00Z`)).toEqual([])
})

test.each(['2025-02-29', '1900-02-29', '0100-02-29', '2025-04-31', '2025-02-30'])(
  'due_date cannot be on %s, which no calendar has',
  (day) => {
    expect(faults('tickets.update', 'due_date', `${day}T12:00:00Z`)).toMatchObject([{ type: 'datetime_parsing' }])
  },
)

test('due_date is a time with or without an offset', () => {
  const values = [
    '2025-09-06T12:00:00Z',
    '2025-09-06T12:00:00.123456Z',
    '2025-09-06T12:00:00+02:00',
    '2025-09-06T12:00:00',
    null,
    '2025-09-06',
    '2025-13-06T12:00:00Z',
    'tomorrow',
  ]

  const found = values.map((value) => faults('tickets.update', 'due_date', value).map(({ type }) => type))

  expect(found).toEqual([[], [], [], [], [], ['datetime_parsing'], ['datetime_parsing'], ['datetime_parsing']])
})

// Closed lists (existing backend: enum values).
const ticketStatuses = ['new', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled']
const priorities = ['low', 'medium', 'high', 'critical']
const ticketCategories = [
  'technical',
  'billing',
  'feature_request',
  'bug',
  'user_access',
  'general',
  'integration',
  'performance',
  'security',
]
const testTypes = ['connection', 'authentication', 'create_ticket', 'search', 'webhook', 'project_access']
const vocabularies: readonly [EndpointId, string, readonly string[]][] = [
  ['integrations.create', 'auth_type', ['api_key', 'oauth2', 'basic', 'bearer', 'custom']],
  ['integrations.sync', 'sync_type', ['full', 'incremental', 'test']],
  ['integrations.sync', 'direction', ['inbound', 'outbound', 'bidirectional']],
  ['tickets.create', 'category', ticketCategories],
  ['tickets.create', 'priority', priorities],
  ['tickets.create', 'urgency', priorities],
  ['tickets.replace', 'category', ticketCategories],
  ['tickets.replace', 'priority', priorities],
  ['tickets.replace', 'urgency', priorities],
  ['tickets.replace', 'status', ticketStatuses],
  ['tickets.update', 'category', ticketCategories],
  ['tickets.update', 'priority', priorities],
]

test.each(vocabularies)('%s: %s is one of %j', (endpointId, field, values) => {
  expect(values.map((value) => messages(endpointId, field, value))).toEqual(values.map(() => []))
  expect(faults(endpointId, field, 'zzz')).toEqual([
    {
      type: 'enum',
      loc: ['body', field],
      msg: `\`${field}\` must be one of ${values.join(', ')}`,
      code: 'validation_failed',
    },
  ])
  expect(messages(endpointId, field, values[0]?.toUpperCase())).toEqual([
    `\`${field}\` must be one of ${values.join(', ')}; did you mean \`${values[0]}\`?`,
  ])
})

test('test_types is a list of known values, not empty', () => {
  const found = [testTypes, ['search'], [], ['serch'], 'search'].map((value) =>
    messages('integrations.test', 'test_types', value),
  )

  expect(found).toEqual([
    [],
    [],
    ['`test_types` must have at least 1 item'],
    [
      '`test_types.0` must be one of connection, authentication, create_ticket, search, webhook, project_access; did you mean `search`?',
    ],
    ['`test_types` must be a list, not a string'],
  ])
})

const faultTypes: readonly [EndpointId, string, unknown, string][] = [
  ['tickets.create', 'title', 7, 'string_type'],
  ['integrations.create', 'enabled', 7, 'bool_type'],
  ['integrations.test', 'test_types', 'search', 'list_type'],
  ['tickets.create', 'custom_fields', 'urgent', 'dict_type'],
  ['tickets.create', 'attachments', ['log.txt'], 'dict_type'],
]

test.each(faultTypes)('%s: %s as %j is of the wrong type: %s', (endpointId, field, value, type) => {
  expect(faults(endpointId, field, value).map((fault) => fault.type)).toEqual([type])
})

test('attachments are references to files', () => {
  const found = [[], [{ file_id: uuid }], null, [{}], [{ file_id: 'log.txt' }], [uuid], { file_id: uuid }].map(
    (value) => faults('tickets.create', 'attachments', value).map(({ loc, msg }) => [loc, msg]),
  )

  expect(found).toEqual([
    [],
    [],
    [],
    [[['body', 'attachments', 0, 'file_id'], '`attachments.0.file_id` is required']],
    [
      [
        ['body', 'attachments', 0, 'file_id'],
        '`attachments.0.file_id` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
      ],
    ],
    [[['body', 'attachments', 0], '`attachments.0` must be an object, not a string']],
    [[['body', 'attachments'], '`attachments` must be a list, not an object']],
  ])
})

test('at least one attachment must be added', () => {
  expect(messages('tickets.addAttachments', 'attachments', [])).toEqual(['`attachments` must have at least 1 item'])
})

test('issues of the retired file_ids use its name', () => {
  const found = [[uuid], null, uuid, [7], [{ file_id: uuid }]].map((file_ids) =>
    parseBody('tickets.create', { title: 'Bug', description: '…', file_ids }, { generation: 'legacy' }).issues.map(
      ({ type, loc, msg }) => [type, loc, msg],
    ),
  )

  const fault = ['list_type', ['body', 'file_ids'], '`file_ids` must be a list of file ids']
  expect(found).toEqual([[], [], [fault], [fault], [fault]])
})

test('the retired name of an integration is a string', () => {
  const { issues } = parseBody(
    'tickets.create',
    { title: 'Bug', description: '…', integration: 7 },
    { generation: 'legacy' },
  )

  expect(issues).toEqual([
    {
      type: 'string_type',
      loc: ['body', 'integration'],
      msg: '`integration` must be a string',
      code: 'validation_failed',
    },
  ])
})

// A value of a wrong type for each type of field.
const kinds: readonly [EndpointId, string, unknown, string][] = [
  ['integrations.create', 'name', 7, 'must be a string, not an integer'],
  ['integrations.update', 'name', null, 'must be a string, not null'],
  ['integrations.create', 'description', [], 'must be a string, not a list'],
  ['integrations.create', 'enabled', 'true', 'must be a boolean, not a string'],
  ['integrations.update', 'enabled', null, 'must be a boolean, not null'],
  ['integrations.create', 'sync_enabled', 1, 'must be a boolean, not an integer'],
  ['integrations.update', 'credentials', null, 'must be an object, not null'],
  ['integrations.create', 'credentials', [], 'must be an object, not a list'],
  ['integrations.create', 'routing_rules', 'x', 'must be an object, not a string'],
  ['integrations.create', 'notification_channels', 0.5, 'must be an object, not a number'],
  ['integrations.create', 'oauth_scopes', {}, 'must be a list, not an object'],
  ['integrations.setStatus', 'enabled', 0, 'must be a boolean, not an integer'],
  ['integrations.sync', 'dry_run', 'no', 'must be a boolean, not a string'],
  ['tickets.create', 'custom_fields', 'x', 'must be an object, not a string'],
  ['tickets.create', 'create_externally', 'no', 'must be a boolean, not a string'],
  ['tickets.update', 'tags', 'bug', 'must be a list, not a string'],
  ['tickets.createWithAi', 'conversation_context', {}, 'must be a list, not an object'],
]

test.each(kinds)('%s: %s as %j %s', (endpointId, field, value, rule) => {
  expect(messages(endpointId, field, value)).toEqual([`\`${field}\` ${rule}`])
})

test('values inside lists and objects are checked', () => {
  const found = [
    messages('integrations.create', 'oauth_scopes', ['read', 7]),
    messages('integrations.create', 'department_mapping', { it: 'IT', hr: 5 }),
    messages('tickets.createWithAi', 'uploaded_files', ['x']),
    messages('tickets.createWithAi', 'conversation_context', ['x']),
  ]

  expect(found).toEqual([
    ['`oauth_scopes.1` must be a string, not an integer'],
    ['`department_mapping.hr` must be a string, not an integer'],
    ['`uploaded_files.0` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'],
    ['`conversation_context.0` must be an object, not a string'],
  ])
})

// The fields that null clears, and those that it does not clear.
const settable =
  'enabled description base_url api_version credentials oauth_scopes routing_rules default_priority supports_categories supports_priorities department_mapping custom_fields_mapping webhook_url webhook_secret sync_enabled sync_frequency_minutes rate_limit_per_hour notification_events notification_channels environment region'
const notCleared = 'enabled credentials default_priority sync_enabled sync_frequency_minutes environment'.split(' ')

test.each(settable.split(' '))(
  'null clears %s of an integration where it may be empty; on create it is not given',
  (field) => {
    const refused = notCleared.includes(field)

    expect(faults('integrations.create', field, null)).toEqual([])
    expect(faults('integrations.update', field, null).length).toBe(refused ? 1 : 0)
  },
)

test.each([
  ['tickets.update', 'title status priority category description'],
  ['tickets.replace', 'title description category priority urgency status'],
  ['tickets.create', 'title description'],
] as const)('%s does not clear %s', (endpointId, fields) => {
  const found = fields.split(' ').map((field) => faults(endpointId, field, null).length)

  expect(found).toEqual(fields.split(' ').map(() => 1))
})

test.each([
  [
    'tickets.update',
    'assigned_to_id assignment_reason department due_date tags custom_fields internal_notes resolution_summary attachments',
  ],
  [
    'tickets.replace',
    'department assigned_to_id integration_id custom_fields internal_notes resolution_summary attachments',
  ],
  [
    'tickets.create',
    'priority category urgency create_externally department assigned_to_id integration_id attachments',
  ],
  ['integrations.test', 'test_data'],
  ['integrations.sync', 'filters'],
  ['integrations.setStatus', 'reason'],
] as const)('%s accepts null for %s', (endpointId, fields) => {
  const found = fields.split(' ').flatMap((field) => messages(endpointId, field, null))

  expect(found).toEqual([])
})

test.each([
  ['integrations.create', ['name', 'platform_name']],
  ['integrations.update', []],
  ['integrations.setStatus', ['enabled']],
  ['integrations.test', []],
  ['integrations.sync', ['sync_type']],
  ['tickets.create', ['title', 'description']],
  ['tickets.createWithAi', ['user_input']],
  ['tickets.replace', []],
  ['tickets.setStatus', ['status']],
  ['tickets.addAttachments', ['attachments']],
] as const)('an empty body of %s is refused because of %j', (endpointId, fields) => {
  const { issues } = parseBody(endpointId, {}, { generation: 'transitional' })

  expect(issues.map(({ loc }) => String(loc[1])).toSorted()).toEqual([...fields].toSorted())
  expect(issues.every(({ type, msg }) => type === 'missing' && msg.endsWith('is required'))).toBe(true)
})

test('a body that changes nothing is refused', () => {
  const issues = [
    parseBody('tickets.update', {}, { generation: 'current' }).issues,
    parseBody('tickets.update', { title: undefined }, { generation: 'current' }).issues,
    parseBody('tickets.assign', {}, { generation: 'legacy' }).issues,
  ]

  const nothing = {
    type: 'missing',
    loc: ['body'],
    msg: 'the body must have at least one field',
    code: 'validation_failed',
  }
  expect(issues).toEqual([[nothing], [nothing], [nothing]])
})

test('a body with only invalid fields is not reported as empty', () => {
  const current = (body: object, stored?: JsonObject) =>
    parseBody('tickets.update', body, { generation: 'current', stored }).issues.map(({ loc, code }) => [loc[1], code])

  expect([
    current({ titel: 'New' }),
    current({ id: 'other' }, { id: 'mine' }),
    current({ id: 'mine' }, { id: 'mine' }),
  ]).toEqual([[['titel', 'unknown_field']], [['id', 'read_only_field']], [[undefined, 'validation_failed']]])
})

test('null counts as a change', () => {
  expect(messages('tickets.update', 'assigned_to_id', null)).toEqual([])
  expect(parseBody('tickets.update', { department: null }, { generation: 'current' }).issues).toEqual([])
})

test.each(['resolved', 'closed'])('a ticket becomes %s only with a summary in the same body', (status) => {
  const summaries = [undefined, null, '', '  ', 'Fixed.']

  const found = summaries.map((resolution_summary) =>
    parseBody('tickets.update', { status, resolution_summary }, { generation: 'current' }).issues.map(({ msg }) => msg),
  )

  const missing = [`\`resolution_summary\` is required when \`status\` becomes \`${status}\``]
  expect(found).toEqual([missing, missing, missing, missing, []])
})

test.each(ticketStatuses.filter((status) => status !== 'resolved' && status !== 'closed'))(
  'a ticket becomes %s without a summary',
  (status) => {
    expect(messages('tickets.update', 'status', status)).toEqual([])
    expect(messages('tickets.setStatus', 'status', status)).toEqual([])
  },
)

test('PUT requires a summary unless the stored ticket was resolved or closed; without the stored row it does not', () => {
  const body = { status: 'resolved' }

  const found = [{ status: 'open' }, { status: 'resolved' }, { status: 'closed' }, undefined].map((stored) =>
    parseBody('tickets.replace', body, { generation: 'current', stored }).issues.map(({ msg }) => msg),
  )

  expect(found).toEqual([['`resolution_summary` is required when `status` becomes `resolved`'], [], [], []])
})

test('PATCH requires a summary if the status changes, not if the stored status is sent back', () => {
  const body = { status: 'resolved' }

  const found = [{ status: 'open' }, { status: 'closed' }, undefined, { status: 'resolved' }].map((stored) =>
    parseBody('tickets.update', body, { generation: 'current', stored }).issues.map(({ msg }) => msg),
  )

  const missing = ['`resolution_summary` is required when `status` becomes `resolved`']
  expect(found).toEqual([missing, missing, missing, []])
})

test('a status call without enabled is refused, also with a reason', () => {
  const found = [transitional({ reason: 'Maintenance' }), legacy({ reason: 'Maintenance' })]

  expect(found).toEqual([['`enabled` is required'], ['`status` is required']])
})

const transitional = (body: object) =>
  parseBody('integrations.setStatus', body, { generation: 'transitional' }).issues.map(({ msg }) => msg)
const legacy = (body: object) =>
  parseBody('integrations.setStatus', body, { generation: 'legacy' }).issues.map(({ msg }) => msg)

test('every wrong field is reported exactly once', () => {
  const { issues } = parseBody(
    'tickets.create',
    { title: '', description: 5, urgency: 'urgent', integration_id: 'x', attachments: [{ file_id: 1 }, {}] },
    { generation: 'current' },
  )

  expect(issues.map(({ msg }) => msg)).toMatchInlineSnapshot(`
    [
      "\`title\` must not be blank",
      "\`description\` must be a string, not an integer",
      "\`urgency\` must be one of low, medium, high, critical",
      "\`integration_id\` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4",
      "\`attachments.0.file_id\` must be a UUID, not an integer",
      "\`attachments.1.file_id\` is required",
    ]
  `)
})

test('messages to an old client use its field names', () => {
  const { issues } = parseBody(
    'integrations.update',
    { is_enabled: 'yes', name: '' },
    { generation: 'legacy', stored: { enabled: true } },
  )

  expect(issues.map(({ loc, msg }) => [loc[1], msg])).toEqual([
    ['is_enabled', '`is_enabled` must be a boolean, not a string'],
    ['name', '`name` must not be blank'],
  ])
})

// Comparing each fault with every other would need minutes.
test('a body with thirty thousand faults is parsed', { timeout: 60_000 }, () => {
  const attachments = Array.from({ length: 30_000 }, () => ({ file_id: 'x' }))

  const { issues } = parseBody(
    'tickets.create',
    { title: 'Bug', description: '…', attachments },
    { generation: 'current' },
  )

  expect(issues.length).toBe(30_000)
})
