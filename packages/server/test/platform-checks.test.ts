import { categoryOf, PLATFORMS, type Platform } from '@ai-ticket-creator/domain'
import { type HealthCheckKind, type IntegrationRow, newIntegration } from '@ai-ticket-creator/reference-api'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createHealthChecks } from '../src/platforms/health-checks.ts'
import { createMailLogin } from '../src/platforms/mail-login.ts'
import { probes } from '../src/platforms/probes.ts'
import { startMailServer } from './mail-server.ts'
import { examples, ID, NOW, type PlatformExample } from './platform-examples.ts'
import { startVendor, type VendorReply } from './vendor.ts'
import { createVendorSend, loopback } from './vendor-send.ts'

const vendor = await startVendor()
afterAll(vendor.stop)

const { sent, toVendor } = createVendorSend(vendor.port)

/** The name of every mail server is the one of the test. */
const logIn = createMailLogin({ allowed: loopback, resolve: async () => [{ address: '127.0.0.1', family: 4 }] })

const integrationOf = (platform: Platform, changes: Partial<IntegrationRow>): IntegrationRow => ({
  ...newIntegration({ name: 'I', platform_name: platform }, categoryOf(platform), {
    id: ID,
    organizationId: ID,
    at: '2026-01-02T03:04:05.000000Z',
  }),
  ...changes,
})

async function check(
  platform: Platform,
  { reply = {}, timeout = 20_000, kind = 'check_health', ...changes }: CheckOptions = {},
) {
  sent.length = 0
  vendor.replyWith(reply)
  const health = createHealthChecks({ send: toVendor(timeout), logIn, clock: () => NOW, newId: () => ID })
  return health(kind, integrationOf(platform, changes), null)
}

interface CheckOptions extends Partial<IntegrationRow> {
  readonly reply?: VendorReply | 'nothing'
  readonly timeout?: number
  readonly kind?: HealthCheckKind
}

// Object.entries is typed by string; the table is closed.
const table = Object.entries(examples) as [keyof typeof examples, PlatformExample][]
const documented = (reply: object | string): VendorReply =>
  typeof reply === 'string' ? { status: 400, body: reply } : json(reply)
const json = (body: object, status = 200): VendorReply => ({ status, body: JSON.stringify(body) })

test.each(table)(
  '%s: the request is the documented one, and the documented reply passes',
  async (platform, example) => {
    const outcome = await check(platform, { ...example.integration, reply: documented(example.reply) })

    expect(outcome).toEqual({ outcome: 'passed' })
    const { origin, pathname, search } = new URL(example.request.url)
    expect(sent.map(({ url }) => url.origin)).toEqual([origin])
    expect(vendor.received).toMatchObject([
      {
        method: example.request.method,
        path: `${pathname}${search}`,
        headers: example.request.headers,
        body: example.request.body,
      },
    ])
  },
)

test.each(table)('%s: refused credentials are unauthorized', async (platform, { integration, refusal }) => {
  const replies = [json({}, 401), json({}, 403), ...(refusal === undefined ? [] : [json(refusal.body, refusal.status)])]

  for (const reply of replies)
    expect(await check(platform, { ...integration, reply })).toEqual({ outcome: 'unauthorized' })
})

test.each(table)('%s: too many requests are a rate limit', async (platform, { integration }) => {
  const replies: VendorReply[] = [
    json({}, 429),
    { status: 403, headers: { 'retry-after': '60' } },
    { status: 403, headers: { 'x-ratelimit-remaining': '0' } },
  ]

  for (const reply of replies)
    expect(await check(platform, { ...integration, reply })).toEqual({ outcome: 'rate_limited' })
})

test.each(table)('%s: no answer is a timeout, also from a gateway', async (platform, { integration }) => {
  const silence = await check(platform, { ...integration, reply: 'nothing', timeout: 50 })
  const gateway = await check(platform, { ...integration, reply: { status: 504 } })

  expect(silence).toEqual({ outcome: 'timeout', message: 'the platform did not answer within 0.05 seconds' })
  expect(gateway).toEqual({ outcome: 'timeout' })
})

test.each(table)('%s: errors and redirects are a failure, without the body', async (platform, { integration }) => {
  const error = await check(platform, { ...integration, reply: { status: 500, body: 'stack of the vendor' } })
  const redirect = await check(platform, { ...integration, reply: { status: 302, headers: { location: '/login' } } })

  expect(error).toEqual({ outcome: 'failed', message: 'the platform answered with status 500' })
  expect(redirect).toEqual({ outcome: 'failed', message: 'the platform answered with status 302' })
  expect(vendor.received).toHaveLength(1)
})

const readingReplies = table.filter(([, { unhealthy }]) => unhealthy !== undefined)
test.each(readingReplies)(
  '%s: an undocumented reply is a failure',
  async (platform, { integration, unhealthy = {} }) => {
    const failed = { outcome: 'failed', message: 'the platform answered with a reply that is not documented' }

    for (const reply of [json(unhealthy), { body: '<html>' }, { body: '{"cut' }])
      expect(await check(platform, { ...integration, reply })).toEqual(failed)
  },
)

test.each(table)('%s: without credentials nothing is sent, and the message names what is missing', async (platform) => {
  const outcome = await check(platform, { base_url: 'https://acme.test', credentials: null })

  expect(outcome).toEqual({
    outcome: 'not_checked',
    message: expect.stringMatching(/^not checked: the .* no `[a-z_]+`/),
  })
  expect(sent).toEqual([])
})

test('every platform has a check', () => {
  expect([...Object.keys(examples), 'email'].toSorted()).toEqual(PLATFORMS.toSorted())
  expect(Object.keys(probes).toSorted()).toEqual(PLATFORMS.toSorted())
})

test.each(['prod-1.westeurope.logic.azure.com', 'webhook.office.com.evil.test', 'acme.webhook.office.com.test'])(
  'a webhook of Teams at %s is not checked, because every request would be a message',
  async (host) => {
    expect(await check('teams', { credentials: { webhook_url: `https://${host}/secret` } })).toEqual({
      outcome: 'not_checked',
      message: 'not checked: of Teams only incoming webhooks at webhook.office.com can be checked without a message',
    })
    expect(sent).toEqual([])
  },
)

test.each([Number, String])('email is checked by a login, with the port as a $name', async (toPort) => {
  const server = await startMailServer('235 accepted')
  onTestFinished(server.stop)
  const smtp_port = toPort(server.port)
  const credentials = { smtp_host: 'mail.acme.test', smtp_port, username: 'app', password: 'mail-secret' }

  const outcome = await check('email', { credentials })

  expect(outcome).toEqual({ outcome: 'passed' })
  expect(server.received[1]).toBe(`AUTH PLAIN ${Buffer.from('\0app\0mail-secret').toString('base64')}`)
})

test.each(['0', '65536', '25a'])('the port %j of a mail server is refused', async (smtp_port) => {
  const credentials = { smtp_host: 'mail.acme.test', smtp_port, username: 'app', password: 'mail-secret' }

  expect(await check('email', { credentials })).toEqual({
    outcome: 'not_checked',
    message: 'not checked: `smtp_port` of the credentials must be a number from 1 to 65535',
  })
})

test('a platform of a later version is not checked', async () => {
  // A row that a later version wrote.
  const later = { platform_name: 'linear' } as unknown as Partial<IntegrationRow>

  expect(await check('jira', later)).toEqual({
    outcome: 'not_checked',
    message: 'not checked: the platform is not known to this version',
  })
})

test('credentials are validated without a request, because a health check follows', async () => {
  const complete = await check('jira', { ...examples.jira.integration, kind: 'validate_credentials' })
  const incomplete = await check('jira', { kind: 'validate_credentials' })

  expect(complete).toEqual({ outcome: 'passed' })
  expect(incomplete).toEqual({
    outcome: 'not_checked',
    message: 'not checked: the integration has no `base_url` or `url` of the credentials',
  })
  expect(sent).toEqual([])
})

test('a test of the connection or the authentication sends the request; no other test passes', async () => {
  const reply = json(examples.github.reply)
  const run = (kind: HealthCheckKind) => check('github', { ...examples.github.integration, kind, reply })

  expect(await run('connection')).toEqual({ outcome: 'passed' })
  expect(await run('authentication')).toEqual({ outcome: 'passed' })
  expect(await run('create_ticket')).toEqual({
    outcome: 'not_checked',
    message: 'not checked: this version has no test `create_ticket`',
  })
})

test.each(['acme.evil.test/', 'evil.test#', 'a@evil.test', 'evil.test:443', '-acme', 'a'.repeat(64), 'acmé'])(
  'the subdomain %j is refused',
  async (subdomain) => {
    const outcome = await check('zendesk', { credentials: { subdomain, email: 'a@acme.test', api_token: 's' } })

    expect(outcome).toEqual({
      outcome: 'not_checked',
      message: 'not checked: `subdomain` of the credentials must be one label of a host name',
    })
    expect(sent).toEqual([])
  },
)

test.each(['file:///etc/passwd', 'acme.test', 'https://user:password@acme.test', 'javascript:1'])(
  'the address %j is refused and not quoted',
  async (url) => {
    const message = 'must be an http or https URL without user and password'

    expect(await check('freshdesk', { base_url: url, credentials: { api_key: 's' } })).toEqual({
      outcome: 'not_checked',
      message: `not checked: \`base_url\` ${message}`,
    })
    expect(await check('webhook', { credentials: { url } })).toEqual({
      outcome: 'not_checked',
      message: `not checked: \`url\` of the credentials ${message}`,
    })
  },
)

test('the token of a GitHub Enterprise Server goes to that server only', async () => {
  const { credentials } = examples.github.integration
  await check('github', { credentials, base_url: 'https://git.acme.test' })
  const enterprise = sent.map(({ url }) => url.href)
  await check('github', { credentials, base_url: 'https://github.com/acme' })

  expect(enterprise).toEqual(['https://git.acme.test/api/v3/orgs/acme'])
  expect(sent.map(({ url }) => url.href)).toEqual(['https://api.github.com/orgs/acme'])
})

test('a ping has no signature without a secret, and a secret in base64 is decoded', async () => {
  const credentials = { url: 'https://hooks.acme.test/', username: 'app', password: 'secret' }
  await check('webhook', { auth_type: 'basic', credentials })
  const [unsigned] = vendor.received
  await check('webhook', { auth_type: 'custom', credentials, webhook_secret: 'whsec_aG9vay1zZWNyZXQ=' })
  const [signed] = vendor.received

  expect(unsigned?.headers).toMatchObject({ authorization: 'Basic YXBwOnNlY3JldA==' })
  expect(unsigned?.headers).not.toHaveProperty('webhook-signature')
  expect(signed?.headers).not.toHaveProperty('authorization')
  expect(signed?.headers).toMatchObject({ 'webhook-signature': 'v1,gfBjtXffFGEr5e8ihbpMA7Zq3IygT9iQH+VABguvdLA=' })
})

test('an error in the code of a check is not an outcome', async () => {
  const health = createHealthChecks({
    send: () => Promise.reject(new TypeError('a defect')),
    logIn,
    clock: () => NOW,
    newId: () => ID,
  })

  await expect(health('check_health', integrationOf('hubspot', examples.hubspot.integration), null)).rejects.toThrow(
    'a defect',
  )
})
