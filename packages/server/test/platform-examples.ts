import type { Platform } from '@ai-ticket-creator/domain'
import type { IntegrationRow } from '@ai-ticket-creator/reference-api'

export interface PlatformExample {
  readonly integration: Partial<Pick<IntegrationRow, 'auth_type' | 'base_url' | 'credentials' | 'webhook_secret'>>
  /** The request that the vendor documents. */
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  /** A reply as the vendor documents it, shortened; a text has status 400. */
  readonly reply: object | string
  /** A reply with status 200 that shows no working account. */
  readonly unhealthy: object | undefined
  /** The reply to refused credentials, where it is not 401. */
  readonly refusal?: { readonly status: number; readonly body: object }
}

const form = 'application/x-www-form-urlencoded'
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

/** The time and the id of every check in the tests. */
export const NOW = new Date('2026-01-02T03:04:05.678Z')
export const ID = '30000000-0000-4000-8000-000000000001'

/** An integration of each platform that is checked, and what its vendor documents. */
export const examples = {
  jira: {
    integration: {
      base_url: 'https://acme.atlassian.net/',
      credentials: { email: 'a@acme.test', api_token: 'jira-secret' },
    },
    request: {
      method: 'GET',
      url: 'https://acme.atlassian.net/rest/api/3/myself',
      headers: { authorization: basic('a@acme.test:jira-secret') },
      body: '',
    },
    reply: { accountId: '5b10a2844c20165700ede21g', active: true },
    unhealthy: { active: true },
  },
  servicenow: {
    integration: {
      credentials: { instance_url: 'https://acme.service-now.com', username: 'app', password: 'now-secret' },
    },
    request: {
      method: 'GET',
      url: 'https://acme.service-now.com/api/now/table/incident?sysparm_limit=1&sysparm_fields=sys_id',
      headers: { authorization: basic('app:now-secret') },
      body: '',
    },
    reply: { result: [] },
    unhealthy: { error: { message: 'Invalid table' } },
  },
  zendesk: {
    integration: { credentials: { subdomain: 'acme', email: 'a@acme.test', api_token: 'zen-secret' } },
    request: {
      method: 'GET',
      url: 'https://acme.zendesk.com/api/v2/users/me',
      headers: { authorization: basic('a@acme.test/token:zen-secret') },
      body: '',
    },
    reply: { user: { id: 35436, name: 'Agent' } },
    unhealthy: { user: { id: null, name: 'Anonymous user' } },
  },
  freshdesk: {
    integration: { base_url: 'https://acme.freshdesk.com', credentials: { api_key: 'fresh-secret' } },
    request: {
      method: 'GET',
      url: 'https://acme.freshdesk.com/api/v2/agents/me',
      headers: { authorization: basic('fresh-secret:X') },
      body: '',
    },
    reply: { id: 432, available: true },
    unhealthy: { available: true },
  },
  salesforce: {
    integration: {
      credentials: { instance_url: 'https://acme.my.salesforce.com', client_id: 'app', client_secret: 'sales-secret' },
    },
    request: {
      method: 'POST',
      url: 'https://acme.my.salesforce.com/services/oauth2/token',
      headers: { 'content-type': form },
      body: 'grant_type=client_credentials&client_id=app&client_secret=sales-secret',
    },
    reply: { access_token: '00Dx', token_type: 'Bearer' },
    unhealthy: { token_type: 'Bearer' },
    refusal: { status: 400, body: { error: 'invalid_client', error_description: 'invalid client credentials' } },
  },
  hubspot: {
    integration: { credentials: { api_key: 'hub-secret' } },
    request: {
      method: 'GET',
      url: 'https://api.hubapi.com/account-info/v3/details',
      headers: { authorization: 'Bearer hub-secret' },
      body: '',
    },
    reply: { portalId: 12_345_678 },
    unhealthy: {},
  },
  slack: {
    integration: { credentials: { bot_token: 'xoxb-secret', channel: '#tickets' } },
    request: {
      method: 'POST',
      url: 'https://slack.com/api/auth.test',
      headers: { authorization: 'Bearer xoxb-secret' },
      body: '',
    },
    reply: { ok: true, team: 'Acme' },
    unhealthy: { ok: false, error: 'internal_error' },
    refusal: { status: 200, body: { ok: false, error: 'invalid_auth' } },
  },
  teams: {
    integration: { credentials: { webhook_url: 'https://acme.webhook.office.com/webhookb2/teams-secret' } },
    request: {
      method: 'POST',
      url: 'https://acme.webhook.office.com/webhookb2/teams-secret',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    },
    reply: 'Summary or Text is required.',
    unhealthy: {},
    refusal: { status: 404, body: {} },
  },
  sms: {
    integration: { auth_type: 'basic', credentials: { username: 'AC0123', password: 'sms-secret' } },
    request: {
      method: 'GET',
      url: 'https://api.twilio.com/2010-04-01/Accounts/AC0123.json',
      headers: { authorization: basic('AC0123:sms-secret') },
      body: '',
    },
    reply: { sid: 'AC0123', status: 'active' },
    unhealthy: { sid: 'AC0123', status: 'suspended' },
  },
  zoom: {
    integration: { credentials: { client_id: 'app', client_secret: 'zoom-secret', account_id: 'acme' } },
    request: {
      method: 'POST',
      url: 'https://zoom.us/oauth/token',
      headers: { 'content-type': form, authorization: basic('app:zoom-secret') },
      body: 'grant_type=account_credentials&account_id=acme',
    },
    reply: { access_token: 'eyJ', expires_in: 3600 },
    unhealthy: { expires_in: 3600 },
    refusal: { status: 400, body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } },
  },
  asana: {
    integration: { auth_type: 'bearer', credentials: { token: 'asana-secret' } },
    request: {
      method: 'GET',
      url: 'https://app.asana.com/api/1.0/users/me',
      headers: { authorization: 'Bearer asana-secret' },
      body: '',
    },
    reply: { data: { gid: '12345' } },
    unhealthy: { data: {} },
  },
  trello: {
    integration: { credentials: { api_key: 'trello-key', token: 'trello-secret' } },
    request: {
      method: 'GET',
      url: 'https://api.trello.com/1/members/me?fields=id',
      headers: { authorization: 'OAuth oauth_consumer_key="trello-key", oauth_token="trello-secret"' },
      body: '',
    },
    reply: { id: '5abbe4b7ddc1b351ef961414' },
    unhealthy: {},
  },
  github: {
    integration: { credentials: { token: 'git-secret', organization: 'acme' } },
    request: {
      method: 'GET',
      url: 'https://api.github.com/orgs/acme',
      headers: { authorization: 'Bearer git-secret' },
      body: '',
    },
    reply: { login: 'acme', id: 1 },
    unhealthy: { id: 1 },
  },
  webhook: {
    integration: {
      auth_type: 'bearer',
      credentials: { url: 'https://hooks.acme.test/in?team=1', token: 'hook-token' },
      webhook_secret: 'hook-secret',
    },
    request: {
      method: 'POST',
      url: 'https://hooks.acme.test/in?team=1',
      headers: {
        authorization: 'Bearer hook-token',
        'content-type': 'application/json',
        'webhook-id': ID,
        'webhook-timestamp': '1767323045',
        // As the package standardwebhooks signs it.
        'webhook-signature': 'v1,gfBjtXffFGEr5e8ihbpMA7Zq3IygT9iQH+VABguvdLA=',
      },
      body: '{"type":"ping","timestamp":"2026-01-02T03:04:05.000Z","data":{}}',
    },
    reply: {},
    // Every reply with a 2xx status is healthy.
    unhealthy: undefined,
  },
} satisfies Record<Exclude<Platform, 'email'>, PlatformExample>
