import { type EndpointId, parseBody, parseQuery } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const issuesOf = (endpointId: EndpointId, body: unknown) =>
  parseBody(endpointId, body, { generation: 'current' }).issues

test('a body that is missing, and one that is no object, have an issue each', () => {
  expect(issuesOf('integrations.create', undefined)).toEqual([
    { type: 'missing', loc: ['body'], msg: 'the body is required; send a JSON object', code: 'validation_failed' },
  ])
  expect(issuesOf('integrations.create', [])).toEqual([
    {
      type: 'dict_type',
      loc: ['body'],
      msg: 'the body must be an object, not a list',
      code: 'validation_failed',
    },
  ])
})

test('a credential of a wrong type has an issue at its place', () => {
  const body = { name: 'Bugs', platform_name: 'jira', credentials: { email: 'ada@example.com', api_token: 7 } }

  expect(issuesOf('integrations.create', body)).toEqual([
    {
      type: 'string_type',
      loc: ['body', 'credentials', 'api_token'],
      msg: '`credentials.api_token` must be a string, not an integer',
      code: 'validation_failed',
    },
  ])
})

/** What is suggested in place of an unknown field. */
const suggestions = (endpointId: EndpointId, part: 'body' | 'query', field: string) => {
  const options = { generation: 'current' } as const
  const { issues } =
    part === 'body' ? parseBody(endpointId, { [field]: 'x' }, options) : parseQuery(endpointId, [[field, 'x']], options)
  return issues.filter(({ code }) => code === 'unknown_field').map(({ replacement }) => replacement)
}

test.each([
  ['tickets.list', 'query', 'limit', 'size'],
  ['tickets.list', 'query', 'per_page', 'size'],
  ['tickets.list', 'query', 'page_size', 'size'],
  ['tickets.list', 'query', 'offset', 'page'],
  ['tickets.list', 'query', 'order', 'sort_order'],
  ['tickets.list', 'query', 'order_by', 'sort_by'],
  ['tickets.list', 'query', 'sort', 'sort_by'],
  ['tickets.list', 'query', 'query', 'q'],
  ['tickets.list', 'query', 'search', 'q'],
  ['tickets.list', 'query', 'assignee', 'assigned_to_id'],
  ['tickets.list', 'query', 'assignee_id', 'assigned_to_id'],
  ['integrations.list', 'query', 'per_page', 'limit'],
  ['integrations.list', 'query', 'page_size', 'limit'],
  ['integrations.list', 'query', 'size', 'limit'],
  ['integrations.list', 'query', 'page', 'offset'],
  ['integrations.list', 'query', 'query', 'name'],
  ['integrations.list', 'query', 'search', 'name'],
  ['integrations.list', 'query', 'platform', 'platform_name'],
  ['integrations.list', 'query', 'type', 'platform_name'],
  ['integrations.list', 'query', 'status', 'integration_status'],
  ['integrations.create', 'body', 'type', 'platform_name'],
  ['integrations.create', 'body', 'configuration', 'credentials'],
  ['integrations.create', 'body', 'config', 'credentials'],
  ['tickets.create', 'body', 'assignee', 'assigned_to_id'],
] as const)('%s, %s: for the unknown field %s, %s is suggested', (endpointId, part, field, suggestion) => {
  expect(suggestions(endpointId, part, field)).toEqual([suggestion])
})
