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
import { check, encodeQuery, isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

// Every object has an answer to these; no table of ours may.
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']

test.each(inherited)('%s is no platform, category or status', (word) => {
  expect([isPlatform(word), isIntegrationCategory(word), isIntegrationStatus(word)]).toEqual([false, false, false])
  // A word from outside; the type forbids it.
  expect(platformsIn(word as 'crm')).toEqual([])
})

test.each(inherited)('%s is a status that is not known, and an event that is refused', (word) => {
  expect(transition(word, 'enable')).toMatchObject({ code: 'transition_refused', reason: 'unknown_status' })
  // A word from outside; the type forbids it.
  expect(transition('active', word as 'enable')).toMatchObject({ code: 'transition_refused', reason: 'not_available' })
  expect(availableEvents(word)).toEqual([])
})

test.each(inherited)('%s as an old type is not known', (word) => {
  const { body, issues } = upgrade('integrations.create', { integration_type: word })

  expect(body).toEqual({ integration_type: word })
  expect(issues.map(({ code }) => code)).toEqual(['unknown_platform'])
})

test.each(inherited)('%s of a reply stays as it came', (word) => {
  const old = upgrade('integrations.retrieve', { integration_type: word }, { part: 'reply' }).body
  const back = downgrade('integrations.retrieve', old, { part: 'reply' }).body

  expect(old).toEqual({ platform_name: word })
  expect(back).toEqual({ integration_type: word })
})

test.each(inherited)('%s as a key of a body is a field that no schema has', (key) => {
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

test.each(inherited)('%s as a name of a query is a field that no schema has', (name) => {
  const { body, issues } = parseQuery('integrations.list', [[name, 'x']], { generation: 'current' })

  expect(Object.keys(body)).toEqual([])
  expect(issues.map(({ loc, code }) => [loc[1], code])).toEqual([[name, 'unknown_field']])
})

test.each(inherited)('%s among credentials is neither missing nor in place of another', (key) => {
  const credentials = Object.fromEntries([[key, 'x']])

  expect(missingCredentials('jira', 'api_key', credentials)).toEqual(['email', 'api_token'])
})

test.each(inherited)('%s beside a change stays, with value and place', (key) => {
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

test('fields that are inherited are not there', () => {
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
])('%j was probably meant to be %s', (word, meant) => {
  const { issues } = parseBody('integrations.create', { name: 'x', platform_name: word }, { generation: 'current' })

  expect(issues[0]?.replacement).toBe(meant)
})

test.each(['jx', 'salsa', 'hook', 'x', 'microsoft', '', 'jira'.repeat(1000), 'discord'])(
  '%j is near to no platform',
  (word) => {
    const { issues } = parseBody('integrations.create', { name: 'x', platform_name: word }, { generation: 'current' })

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
])('%j and %j are the same JSON: %s', (a, b, same) => {
  expect(sameJson(a, b)).toBe(same)
  expect(sameJson(b, a)).toBe(same)
})

test('an own key is not the same as an inherited one', () => {
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

test('JSON objects are objects that are no lists', () => {
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

test('a value that is not there is required', () => {
  expect(check(Integration, undefined, 'reply').map(({ msg }) => msg)).toEqual(['the reply is required'])
})

test('pairs of a query can not change what every object has', () => {
  encodeQuery(Object.fromEntries([['__proto__', 'polluted']]))
  parseQuery('integrations.list', [['__proto__', 'polluted']], { generation: 'legacy' })

  expect(Object.keys(Object.prototype)).toEqual([])
})
