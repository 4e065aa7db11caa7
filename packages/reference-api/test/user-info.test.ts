// Rows of earlier versions may have a user and a password in a URL. Requests may not: see limits.test.ts.
import { GENERATIONS } from '@ai-ticket-creator/domain'
import {
  type App,
  type AppOptions,
  createApp,
  createMemoryStore,
  type IntegrationRow,
  PROFILES,
  type Store,
} from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { fieldsOf, issuesOf, send } from './send.ts'

const path = `/integrations/${rowId(1)}`
const base_url = 'https://robot:s3cr%C3%A9t-w0rd@jira.example.test/rest?x=a@b'
const webhook_url = 'https://robot-hook:hook-pass-77@hooks.example.test/in'

async function withStored(
  fields: Partial<IntegrationRow> = {},
  options: AppOptions = {},
): Promise<{ app: App; store: Store; urls: () => Promise<unknown> }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), base_url, webhook_url, ...fields }))
  const urls = async () => {
    const row = await store.integrations.find(integrationRow().organization_id, rowId(1))
    return [row?.base_url, row?.webhook_url]
  }
  return { app: createApp({ store, ...options }), store, urls }
}

const SECRETS = ['robot', 's3cr', 'w0rd', 'hook-pass']
const secretsIn = (text: string): readonly string[] => SECRETS.filter((secret) => text.includes(secret))

describe('replies show the URLs of an integration without user and password', () => {
  test.each(GENERATIONS)('%s', async (generation) => {
    const { app } = await withStored({}, { generation })

    const item = await send(app, `GET ${path}`)
    const others = [
      await send(app, 'GET /integrations/'),
      await send(app, 'GET /integrations/active'),
      await send(app, `PUT ${path}`, { description: 'B' }),
      await send(app, `PATCH ${path}/status`, generation === 'legacy' ? { is_enabled: false } : { enabled: false }),
      await send(app, `POST ${path}/activate`),
      await send(app, `POST ${path}/test`, {}),
      await send(app, `POST ${path}/sync`, { sync_type: 'full' }),
      await send(app, `GET ${path}/fields`),
    ]

    expect(fieldsOf(item)).toMatchObject({
      base_url: 'https://jira.example.test/rest?x=a@b',
      webhook_url: 'https://hooks.example.test/in',
    })
    expect(others.map(({ status, text }) => [status, secretsIn(text)])).toEqual(others.map(() => [200, []]))
  })

  test.each(PROFILES)('%s', async (profile) => {
    const { app } = await withStored({}, { profile })

    const replies = [await send(app, `GET ${path}`), await send(app, 'GET /integrations/')]

    expect(replies.map(({ status, text }) => [status, secretsIn(text)])).toEqual([
      [200, []],
      [200, []],
    ])
  })

  test.each([
    ['https://user@host.test/a', 'https://host.test/a'],
    ['https://user:p@ss@host.test', 'https://host.test'],
    ['https://user:p w@host.test', 'https://host.test'],
    ['HTTPS://user:pw@host.test', 'HTTPS://host.test'],
    ['https:\\\\user:pw@host.test', 'https:\\\\host.test'],
    ['https:user:pw@host.test', 'https:host.test'],
    ['user:pw@host.test', 'host.test'],
    [' https://user:pw@host.test', ' https://host.test'],
    ['https://host.test/@a/b@c', 'https://host.test/@a/b@c'],
    ['https://host.test?to=a@b', 'https://host.test?to=a@b'],
    ['', ''],
    [null, null],
  ])('%s is shown as %s', async (stored, shown) => {
    const { app } = await withStored({ base_url: stored })

    expect(fieldsOf(await send(app, `GET ${path}`))['base_url']).toBe(shown)
  })

  test('the URL of a filed ticket is shown without user and password', async () => {
    const { app, store } = await withStored()
    const external_ticket_url = 'https://robot:s3cr%C3%A9t-w0rd@jira.example.test/browse/A-1'
    await store.tickets.insert(
      ticketRow({
        id: rowId(2),
        integration_result: { success: true, external_ticket_id: 'A-1', external_ticket_url },
      }),
    )

    const current = await send(app, `GET /tickets/${rowId(2)}`)
    app.switchGeneration('legacy')
    const legacy = await send(app, `GET /tickets/${rowId(2)}`)

    expect(fieldsOf(current)['integration_result']).toMatchObject({
      external_ticket_url: 'https://jira.example.test/browse/A-1',
    })
    expect([current, legacy].flatMap(({ text }) => secretsIn(text))).toEqual([])
  })
})

describe('an update', () => {
  test('that sends the shown URLs back leaves user and password in the row', async () => {
    const { app, urls } = await withStored()
    const shown = fieldsOf(await send(app, `GET ${path}`))

    const reply = await send(app, `PUT ${path}`, { ...shown, description: 'B' })

    expect([reply.status, await urls()]).toEqual([200, [base_url, webhook_url]])
  })

  test('that sends the stored URLs changes nothing', async () => {
    const { app, urls } = await withStored()

    const reply = await send(app, `PUT ${path}`, { base_url, webhook_url })

    expect([reply.status, secretsIn(reply.text), await urls()]).toEqual([200, [], [base_url, webhook_url]])
  })

  test('with another user or password is refused, and the message does not quote them', async () => {
    const { app, urls } = await withStored()

    const reply = await send(app, `PUT ${path}`, { base_url: 'https://robot:other-w0rd@jira.example.test' })

    expect([reply.status, issuesOf(reply), secretsIn(reply.text)]).toEqual([
      422,
      ['body.base_url validation_failed'],
      [],
    ])
    expect(await urls()).toEqual([base_url, webhook_url])
  })

  test('with another URL, or null, replaces them', async () => {
    const { app, urls } = await withStored()

    await send(app, `PUT ${path}`, { base_url: 'https://other.example.test', webhook_url: null })

    expect(await urls()).toEqual(['https://other.example.test', null])
  })
})

describe('messages', () => {
  const quoting = [
    `GET ${base_url} failed`,
    'login of robot failed',
    'wrong password s3crét-w0rd',
    `Authorization: Basic ${btoa('robot:s3cr%C3%A9t-w0rd')}`,
    `POST ${webhook_url} failed`,
  ]

  test.each(quoting)('of a platform that quote them are dropped: %s', async (message) => {
    const { app, store } = await withStored({}, { health: async () => ({ outcome: 'failed', message }) })

    const reply = await send(app, `POST ${path}/test`, {})

    expect(fieldsOf(reply)['error_message']).toBe('the platform reports a failure')
    const row = await store.integrations.find(integrationRow().organization_id, rowId(1))
    expect(row?.health_check_error).toBe('the platform reports a failure')
  })

  test.each(quoting)('that are stored are shown without them: %s', async (health_check_error) => {
    const { app } = await withStored({ health_check_error })

    const reply = await send(app, `GET ${path}`)

    expect(secretsIn(reply.text)).toEqual([])
    expect(reply.text).toContain('[redacted]')
  })

  test('that quote nothing are shown as they are', async () => {
    const { app } = await withStored({ health_check_error: 'the project is archived' })

    expect(fieldsOf(await send(app, `GET ${path}`))).toMatchObject({
      health_info: { error_message: 'the project is archived' },
    })
  })
})
