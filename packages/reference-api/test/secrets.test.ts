import { GENERATIONS } from '@ai-ticket-creator/domain'
import { type App, type AppOptions, createApp, createMemoryStore, type Store } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId } from './rows.ts'
import { type Fields, idOf, send } from './send.ts'

// A canary that can be found in any text, also quoted or escaped.
const canary = (): string => `canary${crypto.randomUUID().replaceAll('-', '')}`

/** Valid and invalid bodies with a canary in every secret place. */
function bodies(secret: string): readonly unknown[] {
  const credentials = { email: secret, api_token: secret, nested: { deep: [secret] } }
  const named = { name: 'A', credentials, webhook_secret: secret }
  const current = { ...named, platform_name: 'jira' }
  const old = { ...named, integration_type: 'jira' }
  return [
    { ...old, ...current },
    current,
    old,
    { ...current, name: '' },
    { ...current, platform_name: 'jirra' },
    { ...current, platform_name: 'slack' },
    { ...current, integration_category: 'crm' },
    { ...current, auth_type: 'basic' },
    { ...current, auth_type: secret },
    { ...current, credentials: secret },
    { ...current, credentials: [secret] },
    { ...current, credentials: { email: secret } },
    { ...current, credentials: { ...credentials, api_token: '' } },
    { ...current, webhook_secret: secret.repeat(20) },
    { ...current, webhook_secret: { value: secret } },
    { ...current, webhook_url: secret },
    { ...current, unknown: secret },
    { ...old, integration_type: secret },
    { ...old, is_enabled: secret, enabled: secret },
    { credentials, webhook_secret: secret },
    { title: 'T', description: 7, department: secret },
    { title: 'T', description: 'D', integration_name: secret, integration_id: secret },
    { status: secret },
    { enabled: secret, reason: 7 },
    [secret],
    secret,
    `{"credentials":{"api_token":"${secret}"`,
    `{"webhook_secret":"${secret}",}`,
  ]
}

test.each(GENERATIONS)('%s: no header and no body contains a secret', async (generation) => {
  const reported: unknown[] = []
  const app = createApp({ generation, onError: (error) => reported.push(error) })
  const created = await send(app, 'POST /integrations/', {
    name: 'A',
    ...(generation === 'legacy' ? { integration_type: 'jira' } : { platform_name: 'jira' }),
  })
  const path = `/integrations/${idOf(created)}`

  let calls = 0
  for (const line of ['POST /integrations/', `PUT ${path}`, `PATCH ${path}/status`, 'POST /tickets/']) {
    const secret = canary()
    for (const body of bodies(secret))
      for (const prefer of ['handling=strict', 'handling=lenient']) {
        const token = canary()
        const authorized = await send(app, line, body, { Prefer: prefer })
        const refused = await send(app, line, body, { Authorization: `Bearer ${token}` })

        for (const { headers, text, status } of [authorized, refused]) {
          calls++
          const whole = JSON.stringify([[...headers], text])
          expect(whole, `${line} ${JSON.stringify(body)}`).not.toContain(secret)
          expect(whole).not.toContain(token)
          expect(whole).not.toContain('test-token')
          expect(status).toBeLessThan(500)
        }
      }
  }
  const listed = await send(app, 'GET /integrations/?limit=100')
  const read = await send(app, `GET ${path}`)

  expect([listed.text.includes('canary'), read.text.includes('canary')]).toEqual([false, false])
  expect([calls, reported]).toEqual([4 * 28 * 2 * 2, []])
})

test('no reply quotes secrets of a query', async () => {
  const app = createApp()
  const secret = canary()

  const replies = [
    await send(app, `GET /integrations/?limit=${secret}&enabled=${secret}&platform_name=${secret}&unknown=${secret}`),
    await send(app, `GET /integrations/${secret}`),
    await send(app, `GET /tickets/?created_after=${secret}&status=${secret}&assigned_to_id=${secret}`),
    await send(app, `GET /${secret}`),
  ]

  for (const { headers, text, status } of replies) {
    expect(status).toBeGreaterThan(399)
    expect(JSON.stringify([[...headers], text])).not.toContain(secret)
  }
})

test('a failure of the store that quotes a row does not reach the caller', async () => {
  const secret = canary()
  const store = createMemoryStore()
  const insert = async (row: unknown): Promise<never> => {
    throw new Error(`cannot write ${JSON.stringify(row)}`)
  }
  const app = createApp({ store: { ...store, integrations: { ...store.integrations, insert } } })
  const body: Fields = { name: 'A', platform_name: 'sms', credentials: { api_key: secret } }

  const reply = await send(app, 'POST /integrations/', body)

  expect(reply.status).toBe(500)
  expect(reply.text).not.toContain(secret)
})

// Messages of platforms

const credentials = {
  email: 'bot@acme.example.test',
  api_token: 'tok-ÄÖ/8f3a+91c7"d2',
  nested: { deep: ['pin-4711-0815'], port: 48_213 },
  user: 'Admin7',
  short: 'a"\\b',
  signs: '>>>???~~~',
  blank: '',
}
const webhook_secret = 'whsec_5f1e9c'
const basic = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

const withSecret: readonly string[] = [
  credentials.api_token,
  `bad token ${credentials.api_token}!`,
  credentials.api_token.toLowerCase(),
  `GET /?t=${encodeURIComponent(credentials.api_token)} failed`,
  `sent ${JSON.stringify(credentials)}`,
  `Authorization: Basic ${basic(`${credentials.email}:${credentials.api_token}`)}`,
  `signed ${basic(credentials.signs).replaceAll('+', '-').replaceAll('/', '_')}`,
  'ADMIN7 is locked',
  `sent {"short":${JSON.stringify(credentials.short)}}`,
  'token tok-ÄÖ/8… is wrong',
  'token …+91c7"d2 is wrong',
  'pin-4711-0815',
  'port 48213 is closed',
  'nobody is called BOT@acme.example.test',
  `signed with ${webhook_secret}`,
]
const withoutSecret = ['project ABC is archived', '50% of 100% is %E0%A4%A', 'the token has expired', 'Zürich ist zu']

async function withSecrets(ports: AppOptions): Promise<{ app: App; store: Store }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), credentials, webhook_secret }))
  return { app: createApp({ store, ...ports }), store }
}

/** Everything that a message of a port can reach: replies, headers and stored health. */
async function messagesWith(message: string): Promise<string> {
  const { app, store } = await withSecrets({
    health: async () => ({ outcome: 'failed', message }),
    external: async () => ({ outcome: 'refused', message }),
    sync: async () => ({ outcome: 'failed', processed: 1, created: 0, updated: 0, failed: 1, errors: [message] }),
  })
  await app.runDueChecks()
  const replies = [
    await send(app, `POST /integrations/${rowId(1)}/test`, {}),
    await send(app, `POST /integrations/${rowId(1)}/sync`, { sync_type: 'full' }),
    await send(app, 'POST /tickets/', { title: 'T', description: 'D', integration_id: rowId(1) }),
    await send(app, `GET /integrations/${rowId(1)}`),
  ]
  const row = await store.integrations.find(integrationRow().organization_id, rowId(1))
  const storedMessages = [row?.health_check_error, row?.last_error_message]
  return JSON.stringify([replies.map(({ json, headers }) => [json, [...headers]]), storedMessages])
}

test.each(withSecret)('a message of a platform with a secret is dropped: %s', async (message) => {
  const all = await messagesWith(message)

  expect(all).not.toContain(JSON.stringify(message).slice(1, -1))
  expect(all).toContain('the platform reports a failure')
  expect(all).toContain('a record could not be synchronized')
})

test.each(withoutSecret)('a message of a platform without a secret is returned: %s', async (message) => {
  const all = await messagesWith(message)

  // Both types of the test and its summary, the sync, the health in the reply, and both stored messages.
  expect(all.split(message)).toHaveLength(8)
})

test('a message that quotes test_data is dropped and not stored', async () => {
  const { app } = await withSecrets({
    health: async (_kind, _integration, data) => ({
      outcome: 'failed',
      message: `cannot use ${JSON.stringify(data)}`,
    }),
  })
  const test_data = { try: { api_token: 'tok-to-try-91c7' } }

  const tested = await send(app, `POST /integrations/${rowId(1)}/test`, { test_data })
  const read = await send(app, `GET /integrations/${rowId(1)}`)

  expect([tested.status, tested.text.includes('tok-to-try'), read.text.includes('tok-to-try')]).toEqual([
    200,
    false,
    false,
  ])
  expect(read.json).toMatchObject({ health_info: { error_message: 'the platform reports a failure' } })
})

test('a long message is cut, an empty one is dropped', async () => {
  const { app } = await withSecrets({
    health: async (kind) => ({ outcome: 'failed', message: kind === 'search' ? '🐞'.repeat(400) : ' ' }),
  })

  const { json } = await send(app, `POST /integrations/${rowId(1)}/test`, { test_types: ['webhook', 'search'] })

  expect(json).toMatchObject({
    details: {
      webhook: { message: 'the platform reports a failure' },
      search: { message: '🐞'.repeat(300) },
    },
  })
})

test('errors that a port throws reach only onError', async () => {
  const reported: unknown[] = []
  const failing = async (): Promise<never> => {
    throw new Error(`cannot use ${credentials.api_token}`)
  }
  const { app, store } = await withSecrets({
    health: failing,
    external: failing,
    sync: failing,
    fields: failing,
    drafter: failing,
    onError: (error) => reported.push(error),
  })
  const path = `/integrations/${rowId(1)}`

  const replies = [
    await send(app, `POST ${path}/test`, { test_types: ['search'] }),
    await send(app, `POST ${path}/sync`, { sync_type: 'full' }),
    await send(app, `GET ${path}/fields`),
    await send(app, 'POST /tickets/', { title: 'T', description: 'D', integration_id: rowId(1) }),
    await send(app, 'POST /tickets/ai-create', { user_input: 'Help' }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 500, 201, 500])
  expect(replies.map(({ text }) => text).join('')).not.toContain('cannot use')
  const { health_check_error, last_error_message } =
    (await store.integrations.find(integrationRow().organization_id, rowId(1))) ?? {}
  expect([health_check_error, last_error_message]).toEqual([
    'the platform did not answer',
    'the platform did not answer',
  ])
  expect(reported).toHaveLength(5)
})
