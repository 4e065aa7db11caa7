import type { AuthType, CreateIntegration, CredentialsOf, Platform } from '@ai-ticket-creator/domain'
import { expectTypeOf, test } from 'vitest'

// Existing backend: credentials. The keys of every platform with every auth type, written out.
type OfJira = 'url' | 'project_key' | 'issue_type'

interface Expected {
  jira: {
    api_key: 'email' | 'api_token' | OfJira
    oauth2: 'email' | 'api_token' | 'client_id' | 'client_secret' | OfJira
    basic: 'email' | 'api_token' | 'username' | 'password' | OfJira
    bearer: 'email' | 'api_token' | 'token' | OfJira
    custom: 'email' | 'api_token' | OfJira
  }
  servicenow: {
    api_key: 'instance_url' | 'username' | 'password' | 'api_key'
    oauth2: 'instance_url' | 'username' | 'password' | 'client_id' | 'client_secret'
    basic: 'instance_url' | 'username' | 'password'
    bearer: 'instance_url' | 'username' | 'password' | 'token'
    custom: 'instance_url' | 'username' | 'password'
  }
  zendesk: {
    api_key: 'subdomain' | 'email' | 'api_token' | 'api_key'
    oauth2: 'subdomain' | 'email' | 'api_token' | 'client_id' | 'client_secret'
    basic: 'subdomain' | 'email' | 'api_token' | 'username' | 'password'
    bearer: 'subdomain' | 'email' | 'api_token' | 'token'
    custom: 'subdomain' | 'email' | 'api_token'
  }
  freshdesk: AuthOnly
  salesforce: {
    api_key: 'client_id' | 'client_secret' | 'instance_url' | 'api_key'
    oauth2: 'client_id' | 'client_secret' | 'instance_url'
    basic: 'client_id' | 'client_secret' | 'instance_url' | 'username' | 'password'
    bearer: 'client_id' | 'client_secret' | 'instance_url' | 'token'
    custom: 'client_id' | 'client_secret' | 'instance_url'
  }
  hubspot: AuthOnly
  slack: {
    api_key: 'bot_token' | 'channel' | 'api_key'
    oauth2: 'bot_token' | 'channel' | 'client_id' | 'client_secret'
    basic: 'bot_token' | 'channel' | 'username' | 'password'
    bearer: 'bot_token' | 'channel' | 'token'
    custom: 'bot_token' | 'channel'
  }
  teams: {
    api_key: 'webhook_url' | 'api_key'
    oauth2: 'webhook_url' | 'client_id' | 'client_secret'
    basic: 'webhook_url' | 'username' | 'password'
    bearer: 'webhook_url' | 'token'
    custom: 'webhook_url'
  }
  email: {
    api_key: 'smtp_host' | 'smtp_port' | 'username' | 'password' | 'api_key'
    oauth2: 'smtp_host' | 'smtp_port' | 'username' | 'password' | 'client_id' | 'client_secret'
    basic: 'smtp_host' | 'smtp_port' | 'username' | 'password'
    bearer: 'smtp_host' | 'smtp_port' | 'username' | 'password' | 'token'
    custom: 'smtp_host' | 'smtp_port' | 'username' | 'password'
  }
  sms: AuthOnly
  zoom: {
    api_key: 'client_id' | 'client_secret' | 'api_key'
    oauth2: 'client_id' | 'client_secret'
    basic: 'client_id' | 'client_secret' | 'username' | 'password'
    bearer: 'client_id' | 'client_secret' | 'token'
    custom: 'client_id' | 'client_secret'
  }
  asana: AuthOnly
  trello: AuthOnly
  github: {
    api_key: 'token' | 'organization' | 'api_key'
    oauth2: 'token' | 'organization' | 'client_id' | 'client_secret'
    basic: 'token' | 'organization' | 'username' | 'password'
    bearer: 'token' | 'organization'
    custom: 'token' | 'organization'
  }
  webhook: {
    api_key: 'url' | 'api_key'
    oauth2: 'url' | 'client_id' | 'client_secret'
    basic: 'url' | 'username' | 'password'
    bearer: 'url' | 'token'
    custom: 'url'
  }
}
interface AuthOnly {
  api_key: 'api_key'
  oauth2: 'client_id' | 'client_secret'
  basic: 'username' | 'password'
  bearer: 'token'
  custom: never
}

test('the keys of all 75 pairs of platform and auth type are those of the table', () => {
  type Derived = { [P in Platform]: { [A in AuthType]: keyof CredentialsOf<P, A> } }
  type Table = { [P in keyof Expected]: { [A in keyof Expected[P]]: Expected[P][A] } }

  expectTypeOf<Derived>().toEqualTypeOf<Table>()
})

test('values are strings; the port of a mail server may be a number', () => {
  expectTypeOf<CredentialsOf<'slack', 'custom'>>().toEqualTypeOf<{ bot_token: string; channel: string }>()
  expectTypeOf<CredentialsOf<'email', 'basic'>>().toEqualTypeOf<{
    smtp_host: string
    smtp_port: string | number
    username: string
    password: string
  }>()
})

test('the default auth type is api_key', () => {
  expectTypeOf<CredentialsOf<'jira'>>().toEqualTypeOf<{
    email: string
    api_token: string
    url?: string
    project_key?: string
    issue_type?: string
  }>()
})

test('a new integration has the credentials of its platform and auth type, or none', () => {
  const create = (_: CreateIntegration) => {}

  create({ name: 'Bugs', platform_name: 'jira' })
  create({ name: 'Bugs', platform_name: 'jira', credentials: { email: 'bot@example.test', api_token: 'token' } })
  // @ts-expect-error only jira has optional keys
  const desk: CredentialsOf<'freshdesk'> = { api_key: 'k', url: 'u' }
  void desk
  create({ name: 'Chat', platform_name: 'slack', auth_type: 'custom', credentials: { bot_token: 'b', channel: 'c' } })
  // @ts-expect-error without an auth type it is api_key, which needs a key
  create({ name: 'Chat', platform_name: 'slack', credentials: { bot_token: 'b', channel: 'c' } })
  // @ts-expect-error bearer needs a token
  create({ name: 'Desk', platform_name: 'freshdesk', auth_type: 'bearer', credentials: {} })
  // @ts-expect-error there is no such auth type
  create({ name: 'Desk', platform_name: 'freshdesk', auth_type: 'apikey' })
})

test('a variable may hold credentials with further keys', () => {
  const credentials = { email: 'bot@example.test', api_token: 'token', project_key: 'BUGS' }

  const input = { name: 'Bugs', platform_name: 'jira', credentials } satisfies CreateIntegration

  expectTypeOf(input.credentials.project_key).toBeString()
})
