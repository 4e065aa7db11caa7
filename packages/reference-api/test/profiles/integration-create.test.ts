import { expect, test } from 'vitest'
import { type Fields, fieldsOf, idOf, send } from '../send.ts'
import {
  type Backend,
  createBackend,
  insertIntegration,
  integrationPath,
  newJira,
  storedIntegration,
  testDeviation,
} from './test-deviation.ts'

const create = (backend: Backend, fields: Fields) => send(backend.app, 'POST /integrations/', newJira(backend, fields))

/** Path and type of each issue of a 422. */
const placesOf = (json: unknown): unknown => {
  const { detail } = fieldsOf({ json })
  if (!Array.isArray(detail)) return detail
  return detail.map((item: unknown) => {
    const { loc, type } = fieldsOf({ json: item })
    return [loc, type].flat().join(' ')
  })
}

testDeviation('create-is-pending', async (backend) => {
  const plain = await create(backend, {})
  const off = await create(backend, { enabled: false })

  expect([plain, off].map((reply) => [reply.status, fieldsOf(reply)['status']])).toEqual([
    [200, 'pending'],
    [200, 'pending'],
  ])
  expect(await storedIntegration(backend, idOf(off))).toMatchObject({
    status: 'pending',
    enabled: true,
    checks_due_at: null,
  })
})

testDeviation('category-required', async (backend) => {
  const reply = await create(backend, { integration_category: undefined })

  expect([reply.status, placesOf(reply.json)]).toEqual([422, ['body integration_category missing']])
})

testDeviation('platform-is-free-text', async (backend) => {
  const custom = { auth_type: 'custom', credentials: {} }
  const taken = []
  for (const platform_name of ['', 'Github', 'carrier pigeon', 'x'.repeat(50)])
    taken.push(await create(backend, { ...custom, platform_name, integration_category: 'crm' }))
  const hubspot = await create(backend, { ...custom, platform_name: 'hubspot', integration_category: 'messaging' })
  const long = await create(backend, { ...custom, platform_name: 'x'.repeat(51) })
  const number = await create(backend, { ...custom, platform_name: 7 })
  const none = await create(backend, { ...custom, platform_name: undefined })

  expect(taken.map((reply) => reply.status)).toEqual([200, 400, 200, 200])
  expect(taken.map((reply) => fieldsOf(reply)['platform_name'])).toEqual([
    '',
    undefined,
    'carrier pigeon',
    'x'.repeat(50),
  ])
  expect([hubspot.status, fieldsOf(hubspot)['integration_category']]).toEqual([200, 'messaging'])
  expect([long, number, none].map(({ json }) => placesOf(json))).toEqual([
    ['body platform_name string_too_long'],
    ['body platform_name string_type'],
    ['body platform_name missing'],
  ])
})

testDeviation('credentials-required', async (backend) => {
  const none = await create(backend, { credentials: undefined })
  const wrong = await create(backend, { credentials: null })
  const sms = backend.isLegacy
    ? { integration_type: 'sms' }
    : { platform_name: 'sms', integration_category: 'communication' }
  const custom = await create(backend, { ...sms, auth_type: 'custom', credentials: {} })

  expect(placesOf(none.json)).toEqual(['body credentials missing'])
  expect([wrong.status, custom.status]).toEqual([422, 200])
})

testDeviation('credentials-by-auth-type', async (backend) => {
  await insertIntegration(backend)

  const jira = await create(backend, { credentials: { url: 'u', email: 'e', api_token: 't' } })
  const basic = await create(backend, { auth_type: 'basic' })
  const slack = await create(backend, {
    platform_name: 'slack',
    integration_category: 'messaging',
    credentials: { bot_token: 'b', channel: 'c' },
  })
  const half = await send(backend.app, `PUT ${integrationPath}`, { credentials: { email: 'e' } })

  expect([jira.status, placesOf(basic.json), placesOf(slack.json)]).toEqual([
    200,
    ['body value_error'],
    ['body value_error'],
  ])
  expect(half.status).toBe(500)
})

testDeviation('credentials-by-auth-type-without-exception', async (backend) => {
  await insertIntegration(backend)

  const reply = await create(backend, { credentials: { url: 'u', email: 'e', api_token: 't' } })
  const half = await send(backend.app, `PUT ${integrationPath}`, { credentials: { email: 'e' } })

  expect([reply.status, placesOf(reply.json), half.status]).toEqual([422, ['body value_error'], 500])
})

testDeviation('credentials-by-platform', async (backend) => {
  const github = { platform_name: 'GitHub', integration_category: 'code_repository', auth_type: 'bearer' }

  const missing = await create(backend, { ...github, credentials: { token: 't' } })
  const empty = await create(backend, { ...github, credentials: { token: '', organization: '' } })
  const jira = await create(backend, { credentials: { email: 'e', api_token: 't' } })

  expect([missing.status, missing.json]).toEqual([
    400,
    { detail: 'Missing required configuration field: organization' },
  ])
  expect([empty.status, jira.status]).toEqual([200, 200])
})

testDeviation('credentials-by-platform-with-jira-url', async (backend) => {
  const jira = await create(backend, { credentials: { email: 'e', api_token: 't', api_key: 'k' } })
  const empty = await create(backend, { credentials: { url: '', email: 'e', api_token: 't', api_key: 'k' } })

  expect([jira.status, jira.json]).toEqual([400, { detail: 'Missing required configuration field: url' }])
  expect(empty.status).toBe(200)
})

testDeviation('empty-credentials-not-stored', async (backend) => {
  const credentials = { url: '', email: 'e', api_token: 't', api_key: 'k', more: null, zero: 0 }

  const reply = await create(backend, { credentials })

  expect((await storedIntegration(backend, idOf(reply)))?.credentials).toEqual({
    email: 'e',
    api_token: 't',
    api_key: 'k',
    zero: 0,
  })
})

testDeviation('long-columns-fail', async (backend) => {
  await insertIntegration(backend)
  const address = `https://${'a'.repeat(500)}.example.test`

  const replies = [
    await create(backend, { base_url: address }),
    await create(backend, { webhook_url: address }),
    await create(backend, { environment: 'e'.repeat(51) }),
    await create(backend, { region: 'r'.repeat(51) }),
    await create(backend, { rate_limit_per_hour: 2_147_483_648 }),
  ]
  const other = await create(backend, { base_url: address, default_priority: 0 })
  await send(backend.app, `PUT ${integrationPath}`, { region: 'r'.repeat(51), name: 'B' })

  expect(replies.map(({ status, json }) => [status, json])).toEqual(
    replies.map(() => [500, { detail: 'Failed to create integration' }]),
  )
  expect([other.status, placesOf(other.json)]).toEqual([422, ['body default_priority greater_than_equal']])
  expect((await storedIntegration(backend))?.name).toBe('Stored')
})

test('an unknown auth type is refused', async () => {
  const backend = await createBackend('existing-latest')

  const reply = await create(backend, { auth_type: 'handshake' })

  expect(placesOf(reply.json)).toEqual(['body auth_type value_error'])
})
