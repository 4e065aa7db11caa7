import { type EndpointId, parseQuery } from '@ai-ticket-creator/domain'
import { encodeQuery } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

const read = (endpointId: EndpointId, query: string) =>
  parseQuery(endpointId, new URLSearchParams(query), { generation: 'current' })
const messages = (endpointId: EndpointId, query: string) => read(endpointId, query).issues.map(({ msg }) => msg)

test('strings are converted to the types of the fields', () => {
  const { body, issues } = read(
    'integrations.list',
    'offset=0&limit=100&enabled=true&integration_category=crm&integration_status=active&name=Sales&sort_by=name&sort_order=asc',
  )

  expect(issues).toEqual([])
  expect(body).toEqual({
    offset: 0,
    limit: 100,
    enabled: true,
    integration_category: 'crm',
    integration_status: 'active',
    name: 'Sales',
    sort_by: 'name',
    sort_order: 'asc',
  })
})

test.each([
  ['true', true],
  ['TRUE', true],
  [' true ', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['False', false],
  ['0', false],
  ['no', false],
  ['off', false],
])('%j is %j', (text, value) => {
  expect(read('integrations.list', `enabled=${text}`)).toMatchObject({ body: { enabled: value }, issues: [] })
})

test.each(['', 'maybe', '2', 'truee', '__proto__', 'constructor'])('%j is not a boolean', (text) => {
  expect(messages('integrations.list', `enabled=${text}`)).toEqual(['`enabled` must be a boolean, not a string'])
})

test.each([
  ['7', 7],
  ['+7', 7],
  [' 7 ', 7],
  ['007', 7],
])('%j is the number %j', (text, value) => {
  const { body } = parseQuery('tickets.list', [['page', text]], { generation: 'current' })

  expect(body).toEqual({ page: value })
})

test('digits stay a string if the field is one', () => {
  expect(read('integrations.list', 'name=007')).toMatchObject({ body: { name: '007' }, issues: [] })
})

test.each(['', 'seven', '1.5', '1e2', '0x10', 'NaN'])('%j is not an integer', (text) => {
  expect(messages('tickets.list', `page=${text}`)).toEqual(['`page` must be an integer, not a string'])
})

// Existing backend: integration endpoints, list tickets.
test.each([
  ['integrations.list', 'offset', 0, undefined],
  ['integrations.list', 'limit', 1, 100],
  ['tickets.list', 'page', 1, undefined],
  ['tickets.list', 'size', 1, 100],
] as const)('%s: %s is at least %s and at most %s', (endpointId, field, min, max) => {
  const above = max === undefined ? [] : [`\`${field}\` must be at most ${max}`]

  expect(messages(endpointId, `${field}=${min - 1}`)).toEqual([`\`${field}\` must be at least ${min}`])
  expect(messages(endpointId, `${field}=${min}`)).toEqual([])
  expect(messages(endpointId, `${field}=${max ?? 5000}`)).toEqual([])
  expect(messages(endpointId, `${field}=${(max ?? 5000) + 1}`)).toEqual(above)
})

test('a number beyond the safe integers is refused', () => {
  expect(messages('integrations.list', `offset=${'9'.repeat(30)}`)).toEqual([
    '`offset` must be at most 9007199254740991',
  ])
})

test.each([
  ['integrations.list', 'sort_by', ['created_at', 'updated_at', 'name', 'status', 'last_request_at', 'total_requests']],
  ['integrations.list', 'sort_order', ['asc', 'desc']],
  ['integrations.list', 'integration_status', ['active', 'inactive', 'pending', 'error', 'expired', 'suspended']],
  [
    'tickets.list',
    'sort_by',
    ['created_at', 'updated_at', 'title', 'priority', 'status', 'last_activity_at', 'resolution_time_minutes'],
  ],
  ['tickets.list', 'sort_order', ['asc', 'desc']],
] as const)('%s: %s is one of %j', (endpointId, field, values) => {
  expect(values.flatMap((value) => messages(endpointId, `${field}=${value}`))).toEqual([])
  expect(messages(endpointId, `${field}=success_rate`).length).toBe(1)
})

test('a repeated name is a list if the field is one', () => {
  const { body, issues } = read('tickets.list', 'status=open&priority=high&status=new&tags=a&tags=a')

  expect(issues).toEqual([])
  expect(Object.entries(body)).toEqual([
    ['status', ['open', 'new']],
    ['priority', ['high']],
    ['tags', ['a', 'a']],
  ])
})

test('the last value of a repeated name counts if the field is not a list', () => {
  expect(read('tickets.list', 'page=1&page=3').body).toEqual({ page: 3 })
})

test('an issue in a list has the index of the value', () => {
  expect(read('tickets.list', 'status=open&status=opne').issues).toEqual([
    {
      type: 'enum',
      loc: ['query', 'status', 1],
      msg: '`status.1` must be one of new, open, in_progress, pending, resolved, closed, cancelled; did you mean `open`?',
      code: 'validation_failed',
      replacement: 'open',
    },
  ])
})

test('ids and times are checked', () => {
  const { issues } = read('tickets.list', 'integration_id=jira&created_after=yesterday&escalation_level=high')

  expect(issues.map(({ type, loc }) => [type, loc[1]])).toEqual([
    ['uuid_parsing', 'integration_id'],
    ['datetime_parsing', 'created_after'],
    ['int_type', 'escalation_level'],
  ])
})

test('a cursor is not blank', () => {
  expect(messages('tickets.list', 'cursor=')).toEqual(['`cursor` must not be blank'])
  expect(messages('tickets.list', 'cursor=abc')).toEqual([])
})

test('retired names are upgraded', () => {
  const { body, issues, used } = parseQuery(
    'integrations.list',
    new URLSearchParams('is_enabled=no&integration_type=Jira&limit=5'),
    { generation: 'legacy' },
  )

  expect(issues).toEqual([])
  expect(Object.entries(body)).toEqual([
    ['enabled', false],
    ['integration_category', 'ticketing'],
    ['platform_name', 'jira'],
    ['limit', 5],
  ])
  expect(used.map(({ field, replacement }) => [field, replacement])).toEqual([
    ['is_enabled', 'enabled'],
    ['integration_type', 'platform_name'],
  ])
})

test('an issue of a retired name uses that name', () => {
  const { issues } = parseQuery('integrations.list', [['is_enabled', 'maybe']], { generation: 'transitional' })

  expect(issues.map(({ loc, msg }) => [loc, msg])).toEqual([
    [['query', 'is_enabled'], '`is_enabled` must be a boolean, not a string'],
  ])
})

test('tickets are filtered by the name of an integration through a look-up', () => {
  const pairs = [['integration', 'JIRA Production']] as const

  const withoutId = parseQuery('tickets.list', pairs, { generation: 'transitional' })
  const answered = parseQuery('tickets.list', pairs, {
    generation: 'transitional',
    idOf: () => 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  })

  expect(withoutId.lookups).toEqual([{ field: 'integration', name: 'JIRA Production', replacement: 'integration_id' }])
  expect(answered).toMatchObject({
    body: { integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' },
    issues: [],
    lookups: [],
  })
})

test('fields become name and value pairs', () => {
  const pairs = encodeQuery({
    limit: 5,
    enabled: false,
    name: 'A & B',
    status: ['new', 'open'],
    tags: [],
    offset: 0,
    cursor: undefined,
    department: null,
    q: '',
  })

  expect(pairs).toEqual([
    ['limit', '5'],
    ['enabled', 'false'],
    ['name', 'A & B'],
    ['status', 'new'],
    ['status', 'open'],
    ['offset', '0'],
    ['q', ''],
  ])
})

test('encoded fields are decoded to the same values', () => {
  const fields = { page: 2, status: ['new'], is_overdue: true, q: 'printer', created_after: '2025-09-06T12:00:00Z' }

  const { body } = parseQuery('tickets.list', encodeQuery(fields), { generation: 'current' })

  expect(body).toEqual(fields)
})
