import type { Platform } from '@ai-ticket-creator/domain'
import * as z from 'zod'
import { toPort, toUrl } from './integration-values.ts'
import { PlatformError } from './platform-error.ts'
import type { MailProbe, Probe } from './probe.ts'
import { basicAuthorization, bearerAuthorization, toFormPost, toGet, toNotification, toPost } from './requests.ts'
import type { PlatformRequest } from './send.ts'

/** How each platform is checked, with a link to the vendor's documentation. A platform without a row does not compile. */
export const probes = {
  jira: {
    // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get
    request: ({ serverUrl, credential }) =>
      toGet(`${serverUrl('url')}/rest/api/3/myself`, basicAuthorization(credential('email'), credential('api_token'))),
    healthy: z.object({ accountId: z.string() }),
  },
  servicenow: {
    // https://www.servicenow.com/docs/bundle/yokohama-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html
    request: ({ serverUrl, credential }) =>
      toGet(
        `${serverUrl('instance_url')}/api/now/table/incident?sysparm_limit=1&sysparm_fields=sys_id`,
        basicAuthorization(credential('username'), credential('password')),
      ),
    healthy: z.object({ result: z.array(z.unknown()) }),
  },
  zendesk: {
    // https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self
    request: ({ hostLabel, credential }) =>
      toGet(
        `https://${hostLabel('subdomain')}.zendesk.com/api/v2/users/me`,
        basicAuthorization(`${credential('email')}/token`, credential('api_token')),
      ),
    // Anonymous callers get a user without an id.
    healthy: z.object({ user: z.object({ id: z.number() }) }),
  },
  freshdesk: {
    // https://developers.freshdesk.com/api/#me
    // The password can be any text.
    request: ({ serverUrl, credential }) =>
      toGet(`${serverUrl()}/api/v2/agents/me`, basicAuthorization(credential('api_key'), 'X')),
    healthy: z.object({ id: z.number() }),
  },
  salesforce: {
    // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
    request: ({ serverUrl, credential }) =>
      toFormPost(`${serverUrl('instance_url')}/services/oauth2/token`, {
        grant_type: 'client_credentials',
        client_id: credential('client_id'),
        client_secret: credential('client_secret'),
      }),
    healthy: z.object({ access_token: z.string() }),
    refusals: ['invalid_client', 'invalid_client_id', 'invalid_grant'],
  },
  hubspot: {
    // https://developers.hubspot.com/docs/api-reference/account-account-info-v3/details/get-account-info-v3-details
    request: ({ credential }) =>
      toGet('https://api.hubapi.com/account-info/v3/details', bearerAuthorization(credential('api_key', 'token'))),
    healthy: z.object({ portalId: z.number() }),
  },
  slack: {
    // https://docs.slack.dev/reference/methods/auth.test
    request: ({ credential }) =>
      toPost('https://slack.com/api/auth.test', bearerAuthorization(credential('bot_token'))),
    healthy: z.object({ ok: z.literal(true) }),
    refusals: ['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked'],
  },
  teams: {
    // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
    request: ({ credential }) => postEmptyCard(toUrl(credential('webhook_url'), '`webhook_url` of the credentials')),
    // A webhook that exists refuses a card without content, so nothing is posted.
    healthy: ({ status, body }) => status === 400 && body.includes('Summary or Text is required'),
    // The URL is the secret. These statuses mean that the URL no longer exists.
    refusalStatuses: [404, 410],
  },
  email: {
    // https://www.rfc-editor.org/rfc/rfc4954
    account: ({ credential }) => ({
      host: credential('smtp_host'),
      port: toPort(credential('smtp_port')),
      user: credential('username'),
      password: credential('password'),
    }),
  },
  sms: {
    // Twilio is the only provider that is checked.
    // https://www.twilio.com/docs/usage/api/account
    request: ({ credential }) => {
      const account = credential('account_sid', 'username')
      return toGet(
        `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(account)}.json`,
        basicAuthorization(account, credential('auth_token', 'password')),
      )
    },
    healthy: z.object({ status: z.literal('active') }),
  },
  zoom: {
    // https://developers.zoom.us/docs/internal-apps/s2s-oauth/
    request: ({ credential }) =>
      toFormPost(
        'https://zoom.us/oauth/token',
        { grant_type: 'account_credentials', account_id: credential('account_id') },
        { authorization: basicAuthorization(credential('client_id'), credential('client_secret')) },
      ),
    healthy: z.object({ access_token: z.string() }),
    refusals: ['invalid_client'],
  },
  asana: {
    // https://developers.asana.com/reference/getuser
    request: ({ credential }) =>
      toGet('https://app.asana.com/api/1.0/users/me', bearerAuthorization(credential('api_key', 'token'))),
    healthy: z.object({ data: z.object({ gid: z.string() }) }),
  },
  trello: {
    // https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/
    // The secrets are sent in a header, because servers log URLs.
    request: ({ credential }) =>
      toGet(
        'https://api.trello.com/1/members/me?fields=id',
        `OAuth oauth_consumer_key="${encodeURIComponent(credential('api_key'))}", oauth_token="${encodeURIComponent(credential('token', 'api_token'))}"`,
      ),
    healthy: z.object({ id: z.string() }),
  },
  github: {
    // https://docs.github.com/en/rest/orgs/orgs#get-an-organization
    // Tokens of apps cannot read `/user`. A refused token is answered with 401 here too, although organizations are public.
    request: ({ baseUrl, serverUrl, credential }) => {
      const api = isGithubCom(baseUrl) ? 'https://api.github.com' : `${serverUrl()}/api/v3`
      return toGet(
        `${api}/orgs/${encodeURIComponent(credential('organization'))}`,
        bearerAuthorization(credential('token')),
      )
    },
    healthy: z.object({ login: z.string() }),
  },
  webhook: {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    request: (integration) => toNotification(integration, 'ping', {}),
    healthy: z.unknown(),
  },
} satisfies Record<Platform, Probe | MailProbe>

/** Whether an integration is on github.com. The token of a GitHub Enterprise Server must not be sent there. */
const isGithubCom = (baseUrl: string): boolean =>
  baseUrl === '' || /^https:\/\/(?:api\.)?github\.com(?:\/|$)/i.test(baseUrl)

/** Webhooks of Power Automate cannot be checked: they start a flow with every request. */
function postEmptyCard(url: URL): PlatformRequest {
  if (!/^(?:[a-z\d-]+\.webhook\.office|outlook\.office(?:365)?)\.com$/.test(url.hostname))
    throw new PlatformError('of Teams only incoming webhooks at webhook.office.com can be checked without a message')
  return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{}' }
}
