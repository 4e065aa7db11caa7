import { createClient, isOutcomeUnknownError } from '@ai-ticket-creator/sdk'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type RunningTestApi, startTestApi } from '../../src/browser.ts'
import {
  aLegacyIntegrationInput,
  aTicketInput,
  delayResponse,
  dropResponse,
  unknownEnumValue,
} from '../../src/index.ts'

let api: RunningTestApi
beforeAll(async () => {
  api = await startTestApi({ generation: 'transitional' })
})
afterEach(() => {
  api.reset()
})
afterAll(() => {
  api.close()
})

const connect = (generation: 'legacy' | 'current') =>
  createClient({ baseUrl: api.baseUrl, token: api.token, generation })

// The DOM types are left out on purpose: with them the sources could use a page by mistake.
const page = navigator as unknown as {
  readonly serviceWorker: { readonly controller?: { readonly scriptURL: string } }
}

async function caught(promise: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error('expected a rejection')
}

test('the page creates a ticket through the service worker', async () => {
  const jira = await api.seed.integration()

  const ticket = await connect('current').tickets.create(aTicketInput({ integration_id: jira.id }))

  expect(page.serviceWorker.controller?.scriptURL).toMatch(/\/mockServiceWorker\.js$/)
  expect(ticket.integration_result?.external_ticket_id).toBe('JIRA-1')
  expect(api.requests).toMatchObject([{ endpoint: 'tickets.create', status: 201 }])
})

test('a request with a dropped response is executed', async () => {
  api.faults.add({ endpoint: 'tickets.create', fault: dropResponse(), times: 1 })
  const client = connect('current')

  const error = await caught(client.tickets.create(aTicketInput()))

  expect([isOutcomeUnknownError(error), (await client.tickets.list()).total]).toEqual([true, 1])
})

test('a reply can be changed by a fault', async () => {
  await api.seed.integration()
  api.faults.add({ fault: unknownEnumValue('status', 'paused') })

  const { items } = await connect('current').integrations.list()

  expect(items.map(({ status }) => status)).toEqual(['paused'])
})

test('the generation changes while a legacy and a current client use the API', async () => {
  const [before, after] = [connect('legacy'), connect('current')]
  const old = await before.integrations.create(aLegacyIntegrationInput('slack'))

  api.switchGeneration('current')
  const now = await after.integrations.retrieve(old.id)
  api.switchGeneration('legacy')
  const then = await before.integrations.retrieve(old.id)

  expect([now.platform_name, then.platform_name, then.enabled]).toEqual(['slack', 'slack', true])
  expect(api.requests.map(({ generation }) => generation)).toEqual(['transitional', 'current', 'legacy'])
})

test('a delayed response arrives when the clock is advanced', async () => {
  api.faults.add({ fault: delayResponse(60_000, api.clock) })
  const waiting = fetch(`${api.baseUrl}/api/v1/tickets/`)
  await expect.poll(() => api.clock.waiting).toBe(1)

  api.clock.advance(60_000)

  expect((await waiting).status).toBe(401)
})

test('a request to another host does not leave the page, one to its own server does', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => logged.mockRestore())

  const file = await caught(fetch('https://elsewhere.example.test/logo.png'))
  const outside = await caught(fetch(`${api.baseUrl}/health`))
  const own = await fetch('/mockServiceWorker.js')

  expect([file instanceof TypeError, outside instanceof TypeError, own.ok]).toEqual([true, true, true])
  expect(logged.mock.calls.map(([error]) => String(error))).toEqual([
    'TestApiError: GET https://elsewhere.example.test/logo.png has no handler, and may not leave; ' +
      `test APIs run at ${api.baseUrl}, and \`allow\` permits other requests`,
    `TestApiError: GET ${api.baseUrl}/health does not exist: the paths of the test API start with ${api.baseUrl}/api/v1`,
  ])
})

test('two APIs in one page do not affect each other', async () => {
  using other = await startTestApi({ generation: 'current' })
  await other.seed.ticket()
  const client = createClient({ baseUrl: other.baseUrl, token: other.token, generation: 'current' })

  const totals = [(await client.tickets.list()).total, (await connect('current').tickets.list()).total]

  expect([totals, api.requests.length, other.requests.length]).toEqual([[1, 0], 1, 1])
})

test('after the last API is closed another one can start', async () => {
  api.close()

  api = await startTestApi()

  const [{ total }, { requests }] = [await connect('current').tickets.list(), api]
  expect([total, requests.length]).toEqual([0, 1])
})
