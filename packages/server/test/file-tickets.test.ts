import { categoryOf, PLATFORMS, type Platform } from '@ai-ticket-creator/domain'
import { type IntegrationRow, newIntegration, newTicket, type TicketRow } from '@ai-ticket-creator/reference-api'
import { afterAll, expect, test } from 'vitest'
import { createTicketFiling } from '../src/platforms/file-tickets.ts'
import { createSend, type Send } from '../src/platforms/send.ts'
import { type FilingExample, filingExamples } from './filing-examples.ts'
import { ID, NOW } from './platform-examples.ts'
import { listen, startVendor, type VendorReply } from './vendor.ts'
import { createVendorSend, loopback } from './vendor-send.ts'

const vendor = await startVendor()
afterAll(vendor.stop)

const origin = { id: ID, organizationId: ID, at: '2026-01-02T03:04:05.000000Z' }
const { sent, toVendor } = createVendorSend(vendor.port)

interface FileOptions {
  readonly integration?: Partial<IntegrationRow>
  readonly ticket?: Partial<TicketRow>
  readonly reply?: VendorReply | 'nothing'
  readonly timeout?: number
  readonly send?: Send
}

async function file(platform: Platform, { integration, ticket, reply = {}, timeout = 20_000, send }: FileOptions) {
  sent.length = 0
  vendor.replyWith(reply)
  const row = { ...newTicket({ title: 'T', description: 'D' }, ID, origin), ...ticket }
  const about = {
    ...newIntegration({ name: 'I', platform_name: platform }, categoryOf(platform), origin),
    ...integration,
  }
  return createTicketFiling({ send: send ?? toVendor(timeout), clock: () => NOW })(row, about)
}

// Object.entries is typed by string; the table is closed.
const table = Object.entries(filingExamples) as [keyof typeof filingExamples, FilingExample][]
const json = (body: object, status = 200): VendorReply => ({ status, body: JSON.stringify(body) })
const bodyOf = (body = ''): unknown => JSON.parse(body)

test.each(table)(
  '%s: the request is the documented one, and the documented reply is a ticket',
  async (platform, example) => {
    const outcome = await file(platform, example)

    expect(outcome).toEqual({ outcome: 'created', ...example.filed })
    const { origin: host, pathname, search } = new URL(example.request.url)
    expect(sent.map(({ url }) => url.origin)).toEqual([host])
    expect(vendor.received).toMatchObject([
      { method: 'POST', path: `${pathname}${search}`, headers: example.request.headers },
    ])
    expect(bodyOf(vendor.received[0]?.body)).toEqual(example.request.body)
  },
)

test.each(table)(
  '%s: a refused ticket or refused credentials are a refusal, without the body',
  async (platform, example) => {
    const body = { errorMessages: ['the field of the vendor'], errors: {} }

    for (const status of [400, 404, 422])
      expect(await file(platform, { ...example, reply: json(body, status) })).toEqual({
        outcome: 'refused',
        message: `the platform answered with status ${status}`,
      })
    for (const status of [401, 403])
      expect(await file(platform, { ...example, reply: json(body, status) })).toEqual({
        outcome: 'refused',
        reason: 'unauthorized',
      })
  },
)

test.each(table)('%s: a redirect is a refusal and is not followed', async (platform, example) => {
  const outcome = await file(platform, { ...example, reply: { status: 302, headers: { location: '/login' } } })

  expect(outcome).toEqual({ outcome: 'refused', message: 'the platform answered with status 302' })
  expect(vendor.received).toHaveLength(1)
})

test.each(table)('%s: too many requests are a refusal for that reason', async (platform, example) => {
  const outcome = await file(platform, { ...example, reply: json({}, 429) })

  expect(outcome).toEqual({ outcome: 'refused', reason: 'rate_limited' })
})

test.each(table)('%s: without an answer the outcome is unknown', async (platform, example) => {
  expect(await fileWithoutAnswer(platform, example)).toEqual({ outcome: 'unknown' })
})

/** Waits longer until the vendor has received the request, because connecting takes some of the time. */
async function fileWithoutAnswer(platform: Platform, example: FilingExample) {
  for (let timeout = 50; ; timeout *= 2) {
    const outcome = await file(platform, { ...example, reply: 'nothing', timeout })
    if (vendor.received.length > 0) return outcome
  }
}

test.each(table)('%s: after a failure of the platform the outcome is unknown', async (platform, example) => {
  for (const status of [408, 500, 503, 504])
    expect(await file(platform, { ...example, reply: json({}, status) })).toEqual({ outcome: 'unknown' })
})

test.each(table)('%s: an undocumented reply has the outcome in the table', async (platform, example) => {
  for (const body of ['', '<html>', '{"id":', '[]', '{"id":"../../admin","key":"ED 24"}'])
    expect(await file(platform, { ...example, reply: { status: 201, body } })).toEqual(example.malformed)
})

test.each(table)(
  '%s: without credentials nothing is sent, and the message names what is missing',
  async (platform, { ticket }) => {
    const outcome = await file(platform, { ticket, integration: { base_url: 'https://acme.test', credentials: null } })

    expect(outcome).toEqual({
      outcome: 'not_sent',
      message: expect.stringMatching(/^the credentials have no `[a-z_]+`$/),
    })
    expect(sent).toEqual([])
  },
)

test.each(table)(
  '%s: a connection that fails before the request is sent proves that there is no ticket',
  async (platform, example) => {
    const closed = await listen(() => {})
    await closed.stop()
    const toPort =
      (port: number): Send =>
      (request) =>
        createSend({ allowed: loopback })({ ...request, url: new URL(`http://127.0.0.1:${port}/`) })
    const resetting = await listen((request) => request.socket.destroy())

    const refused = await file(platform, { ...example, send: toPort(closed.port) })
    const reset = await file(platform, { ...example, send: toPort(resetting.port) })
    await resetting.stop()

    expect(refused).toEqual({ outcome: 'not_sent', message: 'the platform cannot be reached (ECONNREFUSED)' })
    expect(reset).toEqual({ outcome: 'unknown' })
  },
)

test('an address inside the network is not called', async () => {
  const { integration } = filingExamples.webhook
  const outcome = await file('webhook', {
    integration: { ...integration, credentials: { url: `http://127.0.0.1:${vendor.port}/`, token: 'hook-token' } },
    send: createSend({ allowed: [] }),
  })

  expect(outcome).toEqual({
    outcome: 'not_sent',
    message: 'the address of the platform is not public; PLATFORM_NETWORKS does not allow it',
  })
  expect(vendor.received).toEqual([])
})

test.each(PLATFORMS.filter((platform) => !(platform in filingExamples)))(
  'tickets on %s are not supported, and the outcome names the platforms that are',
  async (platform) => {
    const outcome = await file(platform, { integration: { credentials: { token: 'secret' } } })

    expect(outcome).toEqual({ outcome: 'not_supported', supported: ['jira', 'webhook'] })
    expect(sent).toEqual([])
  },
)

test('a platform of a later version is not supported', async () => {
  // A row that a later version wrote.
  const later = { platform_name: 'linear' } as unknown as Partial<IntegrationRow>

  expect(await file('jira', { integration: later })).toMatchObject({ outcome: 'not_supported' })
})

test('an error in the code of a filing is not an outcome', async () => {
  const send = () => Promise.reject(new TypeError('a defect'))

  await expect(file('jira', { ...filingExamples.jira, send })).rejects.toThrow('a defect')
})
