import { inspect } from 'node:util'
import {
  AUTH_TYPES,
  credentialKeys,
  ENDPOINT_IDS,
  GENERATIONS,
  missingCredentials,
  parseBody,
  parseCreateIntegration,
  upgrade,
} from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

// Existing backend: credentials. The keys of the platform and those of the auth type, without repetition.
// biome-ignore format: a table is read by column
const table = [
  //             api_key                                        oauth2                                                      basic                                               bearer                              custom
  ['jira',       ['email', 'api_token'],                        ['email', 'api_token', 'client_id', 'client_secret'],       ['email', 'api_token', 'username', 'password'],     ['email', 'api_token', 'token'],    ['email', 'api_token']],
  ['servicenow', ['instance_url', 'username', 'password', 'api_key'], ['instance_url', 'username', 'password', 'client_id', 'client_secret'], ['instance_url', 'username', 'password'], ['instance_url', 'username', 'password', 'token'], ['instance_url', 'username', 'password']],
  ['zendesk',    ['subdomain', 'email', 'api_token', 'api_key'], ['subdomain', 'email', 'api_token', 'client_id', 'client_secret'], ['subdomain', 'email', 'api_token', 'username', 'password'], ['subdomain', 'email', 'api_token', 'token'], ['subdomain', 'email', 'api_token']],
  ['freshdesk',  ['api_key'],                                   ['client_id', 'client_secret'],                             ['username', 'password'],                           ['token'],                          []],
  ['salesforce', ['client_id', 'client_secret', 'instance_url', 'api_key'], ['client_id', 'client_secret', 'instance_url'], ['client_id', 'client_secret', 'instance_url', 'username', 'password'], ['client_id', 'client_secret', 'instance_url', 'token'], ['client_id', 'client_secret', 'instance_url']],
  ['hubspot',    ['api_key'],                                   ['client_id', 'client_secret'],                             ['username', 'password'],                           ['token'],                          []],
  ['slack',      ['bot_token', 'channel', 'api_key'],           ['bot_token', 'channel', 'client_id', 'client_secret'],     ['bot_token', 'channel', 'username', 'password'],   ['bot_token', 'channel', 'token'],  ['bot_token', 'channel']],
  ['teams',      ['webhook_url', 'api_key'],                    ['webhook_url', 'client_id', 'client_secret'],              ['webhook_url', 'username', 'password'],            ['webhook_url', 'token'],           ['webhook_url']],
  ['email',      ['smtp_host', 'smtp_port', 'username', 'password', 'api_key'], ['smtp_host', 'smtp_port', 'username', 'password', 'client_id', 'client_secret'], ['smtp_host', 'smtp_port', 'username', 'password'], ['smtp_host', 'smtp_port', 'username', 'password', 'token'], ['smtp_host', 'smtp_port', 'username', 'password']],
  ['sms',        ['api_key'],                                   ['client_id', 'client_secret'],                             ['username', 'password'],                           ['token'],                          []],
  ['zoom',       ['client_id', 'client_secret', 'api_key'],     ['client_id', 'client_secret'],                             ['client_id', 'client_secret', 'username', 'password'], ['client_id', 'client_secret', 'token'], ['client_id', 'client_secret']],
  ['asana',      ['api_key'],                                   ['client_id', 'client_secret'],                             ['username', 'password'],                           ['token'],                          []],
  ['trello',     ['api_key'],                                   ['client_id', 'client_secret'],                             ['username', 'password'],                           ['token'],                          []],
  ['github',     ['token', 'organization', 'api_key'],          ['token', 'organization', 'client_id', 'client_secret'],    ['token', 'organization', 'username', 'password'],  ['token', 'organization'],          ['token', 'organization']],
  ['webhook',    ['url', 'api_key'],                            ['url', 'client_id', 'client_secret'],                      ['url', 'username', 'password'],                    ['url', 'token'],                   ['url']],
] as const
const authTypes = ['api_key', 'oauth2', 'basic', 'bearer', 'custom'] as const
const cells = table.flatMap(([platform, ...byAuthType]) =>
  byAuthType.map((keys, column) => ({ platform, authType: authTypes[column] ?? 'api_key', keys })),
)

test('there are five auth types, api_key first', () => {
  expect(AUTH_TYPES).toEqual(authTypes)
})

test('the table has 75 cells', () => {
  expect(cells.length).toBe(75)
})

test.each(cells)('$platform with $authType needs $keys', ({ platform, authType, keys }) => {
  expect(credentialKeys(platform, authType)).toEqual(keys)
})

test.each(cells)('$platform with $authType is created with all its credentials', ({ platform, authType, keys }) => {
  const credentials = Object.fromEntries(keys.map((key) => [key, 'x']))

  const { issues } = parseBody(
    'integrations.create',
    { name: 'Integration', platform_name: platform, auth_type: authType, credentials },
    { generation: 'current' },
  )

  expect(issues).toEqual([])
})

test.each(cells)('$platform with $authType is refused if a credential is missing', ({ platform, authType, keys }) => {
  const problems = keys.map((missing) => {
    const credentials = Object.fromEntries(keys.filter((key) => key !== missing).map((key) => [key, 'x']))
    const body = { name: 'Integration', platform_name: platform, auth_type: authType, credentials }
    return parseBody('integrations.create', body, { generation: 'current' }).issues
  })

  expect(problems).toEqual(
    keys.map((missing) => [
      {
        type: 'missing',
        loc: ['body', 'credentials', missing],
        msg: `\`credentials.${missing}\` is required for \`${platform}\` with auth type \`${authType}\``,
        code: 'credentials_incomplete',
      },
    ]),
  )
})

test('an integration can be created without credentials', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'JIRA Production', platform_name: 'jira' },
    { generation: 'current' },
  )

  expect(issues).toEqual([])
})

test('an empty object of credentials is incomplete, absent credentials are not', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'JIRA Production', platform_name: 'jira', credentials: {} },
    { generation: 'current' },
  )

  expect(issues.map(({ loc }) => loc)).toEqual([
    ['body', 'credentials', 'email'],
    ['body', 'credentials', 'api_token'],
  ])
})

test('the default auth type is api_key', () => {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Desk', platform_name: 'freshdesk', credentials: {} },
    { generation: 'current' },
  )

  expect(issues.map(({ msg }) => msg)).toEqual([
    '`credentials.api_key` is required for `freshdesk` with auth type `api_key`',
  ])
})

test.each([
  ['an empty text', ''],
  ['blanks', ' \t\n'],
  ['null', null],
  ['undefined', undefined],
])('%s does not count as a credential', (_, value) => {
  expect(missingCredentials('jira', 'api_key', { email: value, api_token: 'token' })).toEqual(['email'])
})

test.each([[0], [false], ['0'], [2525]])('%s counts as a credential', (value) => {
  const credentials = { smtp_host: 'mail.example.test', smtp_port: value, username: 'bot', password: 'secret' }

  expect(missingCredentials('email', 'basic', credentials)).toEqual([])
})

test('an inherited key does not count', () => {
  const credentials: Record<string, unknown> = Object.create({ email: 'bot@example.test' })
  credentials['api_token'] = 'token'

  expect(missingCredentials('jira', 'api_key', credentials)).toEqual(['email'])
})

test('further keys stay unchanged and in place, also `__proto__` and other inherited names', () => {
  const text =
    '{"project_key":"BUGS","email":"bot@example.test","__proto__":{"a":1},"api_token":" token ","constructor":"x"}'
  const credentials: unknown = JSON.parse(text)

  const { body, issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', platform_name: 'jira', credentials },
    { generation: 'current' },
  )

  expect(issues).toEqual([])
  expect(JSON.stringify(body['credentials'])).toBe(text)
})

test('new credentials of an integration are checked against its stored platform and auth type', () => {
  const stored = { platform_name: 'slack', integration_category: 'messaging', auth_type: 'custom' }

  const { issues } = parseBody(
    'integrations.update',
    { credentials: { bot_token: 'token' } },
    { generation: 'current', stored },
  )

  expect(issues.map(({ msg }) => msg)).toEqual([
    '`credentials.channel` is required for `slack` with auth type `custom`',
  ])
})

test.each([
  ['a platform that is not known', { platform_name: 'acme', auth_type: 'api_key' }],
  ['an auth type that is not known', { platform_name: 'jira', auth_type: 'passkey' }],
])('credentials of %s are not checked', (_, stored) => {
  const { issues } = parseBody(
    'integrations.update',
    { credentials: { whatever: 'x' } },
    { generation: 'current', stored },
  )

  expect(issues).toEqual([])
})

test('without the stored row, credentials of an update are not checked', () => {
  const { issues } = parseBody('integrations.update', { credentials: {} }, { generation: 'current' })

  expect(issues).toEqual([])
})

// A canary is put wherever a secret or a wrong value can be sent. It must not appear in any message.
const canary = 'canary-3f9b'
const bodies: Record<string, unknown>[] = [
  { name: 'Bugs', platform_name: 'jira', credentials: { api_token: canary } },
  { name: 'Bugs', platform_name: 'jira', credentials: { email: '', api_token: canary }, enabled: canary },
  { name: 'Bugs', integration_type: 'jira', credentials: canary },
  { name: 'Bugs', platform_name: canary, credentials: [canary] },
  { name: 'Bugs', integration_type: canary, is_enabled: canary, enabled: `${canary}!` },
  { name: [canary], webhook_secret: canary.repeat(100), auth_type: canary, base_url: canary },
  { status: canary, enabled: canary, reason: canary.repeat(100) },
  { title: canary.repeat(100), integration_name: canary, integration: `${canary}!`, file_ids: canary },
  { file_ids: [canary], attachments: [{ file_id: canary }], integration_id: canary, due_date: canary },
]

test.each(GENERATIONS)('no message about a body quotes a value of it (%s)', (generation) => {
  const found = ENDPOINT_IDS.flatMap((endpointId) =>
    bodies.flatMap((body) => {
      const { issues, used, ignored } = parseBody(endpointId, body, { generation })
      return [issues, used, ignored, upgrade(endpointId, body).issues]
    }),
  )

  expect(inspect(found, { depth: 10 })).not.toContain(canary)
})

test('the error about a new integration has no value of it', () => {
  const errors = bodies.map((body) => {
    try {
      return parseCreateIntegration(body)
    } catch (error) {
      return error
    }
  })

  expect(errors.every((error) => error instanceof Error)).toBe(true)
  expect(inspect(errors, { depth: 10, showHidden: true })).not.toContain(canary)
  expect(JSON.stringify(errors)).not.toContain(canary)
})
