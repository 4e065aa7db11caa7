import {
  availableEvents,
  downgrade,
  Integration,
  isIntegrationCategory,
  isIntegrationStatus,
  isPlatform,
  missingCredentials,
  parseBody,
  parseQuery,
  platformsIn,
  transition,
  upgrade,
} from '@ai-ticket-creator/domain'
import { checkSchema, encodeQuery, isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

// Names that every object inherits. No table may resolve them.
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']

test.each(inherited)('%s is not a platform, category or status', (value) => {
  expect([isPlatform(value), isIntegrationCategory(value), isIntegrationStatus(value)]).toEqual([false, false, false])
  // A value from outside, which the type forbids.
  expect(platformsIn(value as 'crm')).toEqual([])
})

test.each(inherited)('%s is an unknown status, and an event that is refused', (value) => {
  expect(transition(value, 'enable')).toMatchObject({ code: 'transition_refused', reason: 'unknown_status' })
  // A value from outside, which the type forbids.
  expect(transition('active', value as 'enable')).toMatchObject({ code: 'transition_refused', reason: 'not_available' })
  expect(availableEvents(value)).toEqual([])
})

test.each(inherited)('%s is not a value of integration_type', (value) => {
  const { body, issues } = upgrade('integrations.create', { integration_type: value })

  expect(body).toEqual({ integration_type: value })
  expect(issues.map(({ code }) => code)).toEqual(['unknown_platform'])
})

test.each(inherited)('%s in a reply stays unchanged', (value) => {
  const old = upgrade('integrations.retrieve', { integration_type: value }, { part: 'reply' }).body
  const back = downgrade('integrations.retrieve', old, { part: 'reply' }).body

  expect(old).toEqual({ platform_name: value })
  expect(back).toEqual({ integration_type: value })
})

test.each(inherited)('%s as a key of a body is an unknown field', (key) => {
  const body = Object.fromEntries([
    ['name', 'Bugs'],
    ['platform_name', 'jira'],
    [key, { is_enabled: true }],
  ])

  const refusing = parseBody('integrations.create', body, { generation: 'current' })
  const ignoring = parseBody('integrations.create', body, { generation: 'transitional' })

  expect(refusing.issues.map(({ loc, code }) => [loc[1], code])).toEqual([[key, 'unknown_field']])
  expect(ignoring.ignored).toEqual([key])
  expect(Object.keys(ignoring.body)).toEqual(['name', 'integration_category', 'platform_name'])
})

test.each(inherited)('%s as a query parameter is an unknown field', (name) => {
  const { body, issues } = parseQuery('integrations.list', [[name, 'x']], { generation: 'current' })

  expect(Object.keys(body)).toEqual([])
  expect(issues.map(({ loc, code }) => [loc[1], code])).toEqual([[name, 'unknown_field']])
})

test.each(inherited)('%s among credentials neither is missing nor replaces another key', (key) => {
  const credentials = Object.fromEntries([[key, 'x']])

  expect(missingCredentials('jira', 'api_key', credentials)).toEqual(['email', 'api_token'])
})

test.each(inherited)('%s beside a change keeps its value and position', (key) => {
  const old = Object.fromEntries([
    ['a', 1],
    [key, { deep: true }],
    ['is_enabled', false],
    ['z', 2],
  ])

  const up = upgrade('integrations.create', old).body
  const down = downgrade('integrations.create', up).body

  expect(JSON.stringify(up)).toBe(`{"a":1,"${key}":{"deep":true},"enabled":false,"z":2}`)
  expect(JSON.stringify(down)).toBe(JSON.stringify(old))
})

test('inherited fields count as absent', () => {
  const body: Record<string, unknown> = Object.create({ is_enabled: true, platform_name: 'jira' })
  body['name'] = 'Bugs'

  const { body: read, issues } = parseBody('integrations.create', body, { generation: 'transitional' })

  expect(Object.keys(read)).toEqual(['name'])
  expect(issues.map(({ code }) => code)).toEqual(['platform_required'])
})

test.each([
  ['JIRA', 'jira'],
  ['jria', 'jira'],
  ['jir', 'jira'],
  ['jirra', 'jira'],
  ['Service Now', 'servicenow'],
  ['service-now', 'servicenow'],
  ['git-hub', 'github'],
  ['hubspt', 'hubspot'],
  ['zendsk', 'zendesk'],
  ['team', 'teams'],
  ['webhooks', 'webhook'],
  ['sm', 'sms'],
  ['smss', 'sms'],
  ['emial', 'email'],
])('for the unknown platform %j, %s is suggested', (value, suggestion) => {
  const { issues } = parseBody('integrations.create', { name: 'x', platform_name: value }, { generation: 'current' })

  expect(issues[0]?.replacement).toBe(suggestion)
})

test.each(['jx', 'salsa', 'hook', 'x', 'microsoft', '', 'jira'.repeat(1000), 'discord'])(
  'for the unknown platform %j nothing is suggested',
  (value) => {
    const { issues } = parseBody('integrations.create', { name: 'x', platform_name: value }, { generation: 'current' })

    expect(issues[0]?.code).toBe('unknown_platform')
    expect(issues[0]?.replacement).toBeUndefined()
  },
)

test('an upgrade of very deep JSON does not run out of stack', () => {
  const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

  const agreeing = upgrade('integrations.create', { is_enabled: deep(50_000), enabled: deep(50_000) })
  const other = upgrade('integrations.create', { is_enabled: deep(50_000), enabled: deep(49_999) })

  expect(agreeing.issues).toEqual([])
  expect(other.issues.map(({ code }) => code)).toEqual(['conflicting_fields'])
})

test.each([
  [1, 1, true],
  [1, '1', false],
  [null, null, true],
  [null, {}, false],
  [{}, [], false],
  [[], {}, false],
  [[1, [2]], [1, [2]], true],
  [[1, 2], [2, 1], false],
  [[1], [1, 1], false],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [{ a: 1, b: 1 }, { a: 1 }, false],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: { b: 1 } }, { a: { b: 2 } }, false],
  [{ toString: 1 }, {}, false],
])('%j and %j are equal JSON: %s', (a, b, same) => {
  expect(sameJson(a, b)).toBe(same)
  expect(sameJson(b, a)).toBe(same)
})

test('an own key differs from an inherited one', () => {
  expect(
    sameJson(
      { a: 1, x: 1 },
      Object.fromEntries([
        ['a', 1],
        ['__proto__', { x: 1 }],
      ]),
    ),
  ).toBe(false)
})

test('a list is not a JSON object', () => {
  expect([{}, Object.create(null), [], null, undefined, 'x', 7].map((value) => isJsonObject(value))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('a missing value is reported as required', () => {
  expect(checkSchema(Integration, undefined, 'reply').map(({ msg }) => msg)).toEqual(['the reply is required'])
})

test('query parameters cannot change the prototype of objects', () => {
  encodeQuery(Object.fromEntries([['__proto__', 'polluted']]))
  parseQuery('integrations.list', [['__proto__', 'polluted']], { generation: 'legacy' })

  expect(Object.keys(Object.prototype)).toEqual([])
})
