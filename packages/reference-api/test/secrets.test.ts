import { GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type Fields, idOf, send } from './send.ts'

// A canary that a search finds in whatever text it is copied to, quoted or escaped.
const canary = (): string => `canary${crypto.randomUUID().replaceAll('-', '')}`

/** Bodies with a canary in every secret place, sound and faulty in every way that a message could quote. */
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

test.each(GENERATIONS)('%s: no secret comes back, in no header and no body', async (generation) => {
  const told: unknown[] = []
  const app = createApp({ generation, onError: (error) => told.push(error) })
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
          const said = JSON.stringify([[...headers], text])
          expect(said, `${line} ${JSON.stringify(body)}`).not.toContain(secret)
          expect(said).not.toContain(token)
          expect(said).not.toContain('test-token')
          expect(status).toBeLessThan(500)
        }
      }
  }
  const listed = await send(app, 'GET /integrations/?limit=100')
  const read = await send(app, `GET ${path}`)

  expect([listed.text.includes('canary'), read.text.includes('canary')]).toEqual([false, false])
  expect([calls, told]).toEqual([4 * 28 * 2 * 2, []])
})

test('secrets in a query are not quoted either', async () => {
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
    throw new Error(`can not write ${JSON.stringify(row)}`)
  }
  const app = createApp({ store: { ...store, integrations: { ...store.integrations, insert } } })
  const body: Fields = { name: 'A', platform_name: 'sms', credentials: { api_key: secret } }

  const reply = await send(app, 'POST /integrations/', body)

  expect(reply.status).toBe(500)
  expect(reply.text).not.toContain(secret)
})
