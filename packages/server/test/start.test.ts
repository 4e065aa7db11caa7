import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createToken, openPostgresql, serve } from '@ai-ticket-creator/server'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '../src/runtime/open-database.ts'
import { readSettings } from '../src/settings/settings.ts'
import { openEmptyPglite } from './open-database.ts'
import { createFolders, runCommand, startCommand } from './run-command.ts'
import { startVendor, type VendorReply } from './vendor.ts'

const newFolder = createFolders()

const DATA_FOLDER = newFolder()
await (await openEmptyPglite(DATA_FOLDER)).close()
const database = await openDatabase(readSettings({ DATA_FOLDER }, { usesKeys: true }))

const key = Buffer.alloc(32, 7).toString('base64')

const running: Awaited<ReturnType<typeof startCommand>>[] = []
const start = async (env: Readonly<Record<string, string>> = {}) => {
  const server = await startCommand(database, { DATA_FOLDER, ...env })
  running.push(server)
  return server
}
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())))
afterAll(() => database.close())

let headers: Readonly<Record<string, string>>
beforeAll(async () => {
  await runCommand(['schema', 'up'], database)
  const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'test' })
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
})

const anIntegration = JSON.stringify({ name: 'Jira', platform_name: 'jira', integration_category: 'ticketing' })

test('a program that serves a PostgreSQL must pass its keys', async () => {
  const postgresql = openPostgresql('postgresql://app@127.0.0.1:1/tickets', { maxConnections: 1 })

  await expect(serve(postgresql, { DATA_FOLDER })).rejects.toThrow(
    'SECRET_KEYS is missing: pass the keys of the credentials on this PostgreSQL.',
  )
  await postgresql.close()
})

test('it serves the API, logs each request by its id, and stops with exit code 0', async () => {
  const server = await start()

  const created = await fetch(`${server.url}/api/v1/integrations/`, { method: 'POST', headers, body: anIntegration })
  const missing = await fetch(`${server.url}/api/v1/integrations/secret-in-a-path`, { headers })
  const elsewhere = await fetch(server.url)

  expect([created.status, missing.status, elsewhere.status]).toEqual([200, 422, 404])
  expect(await created.json()).toMatchObject({ name: 'Jira', status: 'active' })
  expect(await server.stop()).toBe(0)
  expect(server.printed.stderr).toBe(
    'PGlite does not force writes to the disk: rows survive the end of this process, but not a power failure. Set DATABASE_URL to use PostgreSQL.\n',
  )
  expect(server.printed.stdout).not.toContain('secret-in-a-path')
  expect(server.lines().filter(({ msg }) => msg === 'request')).toMatchObject([
    {
      level: 'info',
      request_id: created.headers.get('X-Request-Id'),
      method: 'POST',
      endpoint: 'integrations.create',
      status: 200,
      generation: 'current',
      milliseconds: expect.any(Number),
    },
    { method: 'GET', endpoint: 'integrations.retrieve', status: 422 },
    { endpoint: 'unknown', status: 404 },
  ])
})

test('health is 200 while the database answers', async () => {
  const { url } = await start()

  const reply = await fetch(`${url}/health`)

  expect([reply.status, await reply.json()]).toEqual([200, { status: 'ok', database: 'pglite' }])
})

test('the API reference is served without a token, and its page may load nothing from elsewhere', async () => {
  const { url } = await start()

  const page = await fetch(`${url}/docs/`)
  const text = await page.text()
  const paths = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
  const files = await Promise.all(
    paths.map(async (path) => {
      const reply = await fetch(new URL(path, page.url))
      return [path, reply.status, (await reply.text()).length > 0]
    }),
  )
  const script = await fetch(`${url}/docs/scalar.js`)
  const known = { headers: { 'If-None-Match': script.headers.get('ETag') ?? '' } }

  expect(page.url).toBe(`${url}/docs`)
  expect(page.headers.get('Content-Security-Policy')).toBe(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(files).toEqual([
    ['docs/icon.svg', 200, true],
    ['openapi.json', 200, true],
    ['docs/start.js', 200, true],
    ['docs/scalar.js', 200, true],
  ])
  expect(await script.text()).toContain('createApiReference')
  expect((await fetch(`${url}/docs/scalar.js`, known)).status).toBe(304)
})

test('a program serves the API on its own database, and reads the log', async () => {
  let log = ''
  const settings = { DATA_FOLDER, PORT: '0', SHUTDOWN_DELAY: '0' }
  const logging = await serve(database, settings, { write: (line) => (log += line) })
  const silent = await serve(database, settings)

  const replies = [await fetch(`${logging.url}/health`), await fetch(`${silent.url}/api/v1/integrations/`)]
  await fetch(`${logging.url}/api/v1/integrations/`, { headers })
  await Promise.all([logging.stop(), silent.stop()])

  expect(replies.map(({ status }) => status)).toEqual([200, 401])
  expect(log).toMatch(/^\{"level":"info",.*"endpoint":"integrations\.list","status":200,.*\}\n$/)
  await expect(serve(database, { PORT: 'http' })).rejects.toThrow('PORT must be a whole number from 0 to 65535.')
})

test('when the database fails, health is 503, and the log has the error without passwords', async () => {
  let failing = false
  const password = 'hunter2'
  const db = database.sql.withPlugin({
    transformQuery: ({ node }) => {
      if (failing) throw Object.assign(new Error(`lost connection of app:${password}`), { detail: 'a value of a row' })
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const server = await startCommand(
    { ...database, kind: 'postgresql', sql: db },
    {
      DATABASE_URL: `postgresql://app:${password}@127.0.0.1/tickets`,
      SECRET_KEYS: `1:${readFileSync(`${DATA_FOLDER}.key`, 'utf8').trim()}`,
      ADMIN_TOKEN: key,
    },
  )
  running.push(server)

  failing = true
  const health = await fetch(`${server.url}/health`)
  const list = await fetch(`${server.url}/api/v1/integrations/`, { headers })
  const report = await fetch(`${server.url}/admin/deprecations`, { headers: { Authorization: `Bearer ${key}` } })
  failing = false

  expect([report.status, await report.json()]).toEqual([500, { detail: 'the service failed', code: 'internal' }])
  expect(server.printed.stderr).toBe('')
  expect([health.status, await health.json()]).toEqual([503, { status: 'unavailable', database: 'postgresql' }])
  expect(list.status).toBe(500)
  expect(server.lines().find(({ msg }) => msg === 'failed')).toMatchObject({
    level: 'error',
    request_id: list.headers.get('X-Request-Id'),
    error: { name: 'Error', message: 'lost connection of app:[redacted]' },
  })
  expect(server.printed.stdout).not.toMatch(/hunter2|a value of a row/)
})

test('the character U+0000, which PostgreSQL cannot store, is refused everywhere in a request', async () => {
  const { url } = await start()
  const post = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })

  const replies = [
    await post('/integrations/', { name: 'a\0', platform_name: 'jira' }),
    await post('/integrations/', { name: 'a', platform_name: 'jira', credentials: { api_token: '\0' } }),
    await post('/tickets/', { title: 'T', description: 'D', custom_fields: { deep: ['\0'] } }),
    await fetch(`${url}/api/v1/integrations/?name=%00`, { headers }),
    await fetch(`${url}/api/v1/tickets/?q=%00`, { headers }),
    await fetch(`${url}/api/v1/integrations/%00`, { headers }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422])
})

test('the slash redirect has a relative location', async () => {
  const { url } = await start()

  const reply = await fetch(`${url}/api/v1/integrations?name=a`, { headers, redirect: 'manual' })

  expect([reply.status, reply.headers.get('Location')]).toEqual([307, '/api/v1/integrations/?name=a'])
})

test('without platforms a ticket for an integration is refused, and a test of it fails', async () => {
  const { url } = await start()
  const created = await fetch(`${url}/api/v1/integrations/`, { method: 'POST', headers, body: anIntegration })
  const { id } = (await created.json()) as { readonly id: string }

  const ticket = await post(`${url}/api/v1/tickets/`, { title: 'T', description: 'D', integration_id: id })
  const tested = await post(`${url}/api/v1/integrations/${id}/test`, {})

  const sync = await post(`${url}/api/v1/integrations/${id}/sync`, { sync_type: 'full' })
  const fields = await fetch(`${url}/api/v1/integrations/${id}/fields`, { headers })

  expect([ticket.status, tested.status, sync.status, fields.status]).toEqual([501, 200, 501, 501])
  expect(await tested.json()).toMatchObject({ success: false, error_message: 'this server contacts no platforms' })
})

test('with simulated platforms a ticket is filed, and a test passes', async () => {
  const { url } = await start({ PLATFORMS: 'simulated' })
  const created = await fetch(`${url}/api/v1/integrations/`, { method: 'POST', headers, body: anIntegration })
  const { id } = (await created.json()) as { readonly id: string }

  const ticket = await post(`${url}/api/v1/tickets/`, { title: 'T', description: 'D', integration_id: id })
  const tested = await post(`${url}/api/v1/integrations/${id}/test`, {})

  expect(await ticket.json()).toMatchObject({ integration_result: { success: true, external_ticket_id: 'JIRA-1' } })
  expect(await tested.json()).toMatchObject({ success: true })
})

test('with checked platforms a test calls the platform, and refused credentials expire', async () => {
  const vendor = await startVendor()
  onTestFinished(vendor.stop)
  vendor.replyWith({ status: 204 })
  const server = await start({ PLATFORMS: 'checked', PLATFORM_NETWORKS: '127.0.0.1' })
  const integrations = `${server.url}/api/v1/integrations/`
  const credentials = { url: `http://127.0.0.1:${vendor.port}/hook`, token: 'canary-token' }
  const webhook = { name: 'Hook', platform_name: 'webhook', integration_category: 'webhook', auth_type: 'bearer' }

  const created = await post(integrations, { ...webhook, credentials })
  const { id } = (await created.json()) as { readonly id: string }
  const passed = await post(`${integrations}${id}/test`, { test_types: ['connection'] })
  const requests = vendor.received.map(({ method, path, headers: { authorization } }) => [method, path, authorization])
  vendor.replyWith({ status: 401, body: 'canary-body' })
  const refused = await post(`${integrations}${id}/test`, { test_types: ['connection'] })

  expect(requests).toEqual([['POST', '/hook', 'Bearer canary-token']])
  expect(await passed.json()).toMatchObject({ success: true, new_status: 'active' })
  const refusal = await refused.text()
  expect(JSON.parse(refusal)).toMatchObject({
    error_message: 'the platform refuses the credentials',
    new_status: 'expired',
  })
  expect(`${refusal}${server.printed.stdout}`).not.toMatch(/canary/)
})

test('with real platforms a ticket is filed on Jira, and no secret is in a reply or the log', async () => {
  const vendor = await startVendor()
  onTestFinished(vendor.stop)
  const server = await start({ PLATFORMS: 'real', PLATFORM_NETWORKS: '127.0.0.1' })
  const fileOn = async (name: string, integration: object, reply: VendorReply) => {
    const created = await post(`${server.url}/api/v1/integrations/`, { name, ...integration })
    const { id } = (await created.json()) as { readonly id: string }
    vendor.replyWith(reply)
    return post(`${server.url}/api/v1/tickets/`, { title: 'T', description: 'D', integration_id: id })
  }
  const address = `http://127.0.0.1:${vendor.port}`
  const jira = {
    platform_name: 'jira',
    credentials: { email: 'canary@acme.test', api_token: 'canary-token', url: address, project_key: 'ED' },
  }
  const github = { platform_name: 'github', credentials: { token: 'canary-token', organization: 'acme', api_key: 'k' } }

  const replies = [
    await fileOn('Works', jira, { status: 201, body: '{"id":"10000","key":"ED-24"}' }),
    await fileOn('Refuses', jira, { status: 400, body: 'canary-body' }),
    await fileOn('Fails', jira, { status: 500, body: 'canary-body' }),
    await fileOn('Other', github, {}),
  ]

  const texts = await Promise.all(replies.map((reply) => reply.text()))
  expect(texts.map((text, n) => [replies[n]?.status, JSON.parse(text)])).toMatchObject([
    [
      201,
      {
        integration_result: {
          success: true,
          external_ticket_id: 'ED-24',
          external_ticket_url: `${address}/browse/ED-24`,
        },
      },
    ],
    [502, { code: 'external_creation_failed' }],
    [201, { integration_result: { success: false, outcome: 'unknown' } }],
    [501, { code: 'not_supported', detail: expect.stringMatching(/Platforms with support: jira, webhook$/) }],
  ])
  expect(`${texts.join('')}${server.printed.stdout}`).not.toMatch(/canary/)
})

test('without PLATFORM_NETWORKS a platform inside the network is not called', async () => {
  const vendor = await startVendor()
  onTestFinished(vendor.stop)
  const { url } = await start({ PLATFORMS: 'checked' })
  const jira = { email: 'a@acme.test', api_token: 'canary-token', url: `http://127.0.0.1:${vendor.port}` }

  const created = await post(`${url}/api/v1/integrations/`, { ...JSON.parse(anIntegration), credentials: jira })
  const { id } = (await created.json()) as { readonly id: string }
  const tested = await post(`${url}/api/v1/integrations/${id}/test`, {})

  expect(await tested.json()).toMatchObject({
    error_message: 'the address of the platform is not public; PLATFORM_NETWORKS does not allow it',
    new_status: 'active',
  })
  expect(vendor.received).toEqual([])
})

const post = (url: string, body: object) => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })

test('a body or headers that are too long are refused', async () => {
  const { url } = await start({ BODY_LIMIT: '1024', HEADER_LIMIT: '2048' })

  const longBody = await post(`${url}/api/v1/integrations/`, { name: 'x'.repeat(2000) })
  const longHeaders = await fetch(`${url}/health`, { headers: { 'X-Long': 'x'.repeat(3000) } })

  expect([longBody.status, longHeaders.status]).toEqual([413, 431])
})

test('calls over the rate limit of a token are refused', async () => {
  const { url } = await start({ RATE_LIMIT: '1', RATE_LIMIT_WINDOW: '86400' })
  const list = () => fetch(`${url}/api/v1/integrations/`, { headers })

  const replies = [await list(), await list()]

  expect(replies.map(({ status }) => status)).toEqual([200, 429])
  expect(replies[0]?.headers.get('X-RateLimit-Remaining')).toBe('0')
  expect(Number(replies[1]?.headers.get('Retry-After'))).toBeGreaterThan(0)
})

test('a client that does not finish its headers or its body is answered with 408', async () => {
  const { url } = await start({ REQUEST_TIMEOUT: '0.1' })

  const slowHeaders = await sendPart(url, 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  const slowBody = await sendPart(url, `${createHeaders()}\r\n{`)

  expect(await slowHeaders.received).toContain('HTTP/1.1 408 Request Timeout')
  expect(await slowBody.received).toContain('HTTP/1.1 408 Request Timeout')
})

const createHeaders = () =>
  `POST /api/v1/integrations/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers['Authorization']}\r\nContent-Length: 100\r\n`

/** Sends a part of a request; `received` is everything that comes back until the server closes the connection. */
async function sendPart(url: string, text: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let all = ''
  socket.on('data', (chunk) => (all += String(chunk)))
  const received = once(socket, 'close').then(() => all)
  await once(socket, 'connect')
  socket.write(text)
  return { received, socket }
}

test('SIGTERM under load fails no request: what was accepted is answered, then connections are closed', async () => {
  const server = await start({ SHUTDOWN_DELAY: '0.5' })
  const failures: unknown[] = []
  let answered = 0
  // A client that moves on, as a load balancer does, when a reply closes its connection.
  const client = async () => {
    for (let closed = false; !closed; ) {
      const reply = await fetch(`${server.url}/api/v1/integrations/`, { method: 'POST', headers, body: anIntegration })
      if (reply.status !== 200) failures.push(reply.status)
      await reply.arrayBuffer()
      closed = reply.headers.get('Connection') === 'close'
      answered++
    }
  }
  const clients = Array.from({ length: 20 }, () => client().catch((error: unknown) => failures.push(error)))
  await vi.waitUntil(() => answered > 40, { timeout: 60_000 })

  const exitCode = server.stop()
  const health = await fetch(`${server.url}/health`)
  await Promise.all(clients)

  expect(await exitCode).toBe(0)
  expect(failures).toEqual([])
  expect([health.status, await health.json()]).toEqual([503, { status: 'stopping' }])
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
})

test('a request that takes longer than the shutdown may take is cut off', async () => {
  const server = await start({ SHUTDOWN_TIMEOUT: '0.05' })
  const { socket, received } = await sendPart(server.url, `${createHeaders()}Expect: 100-continue\r\n\r\n`)
  await once(socket, 'data')

  expect(await server.stop()).toBe(0)
  expect(await received).toBe('HTTP/1.1 100 Continue\r\n\r\n')
})

test('the key is a file of the owner beside the folder; without it, or with another one, start refuses', async () => {
  const keyFile = `${DATA_FOLDER}.key`
  const saved = readFileSync(keyFile)
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)

  rmSync(keyFile)
  const missing = await runCommand(['start'], database, { DATA_FOLDER })
  writeFileSync(keyFile, 'too short')
  const damaged = await runCommand(['start'], database, { DATA_FOLDER })
  const other = await runCommand(['start'], database, { DATA_FOLDER, SECRET_KEYS: `2:${key}` })
  writeFileSync(keyFile, saved)

  expect([missing.exitCode, damaged.exitCode, other.exitCode]).toEqual([2, 2, 2])
  expect(missing.stderr).toContain('.key is missing; it is the key of the stored credentials, so put it back\n')
  expect(damaged.stderr).toContain('.key holds no key of 32 bytes in base64; put the right file back\n')
  expect(other.stderr).toContain(
    'These are not the keys of this database: a secret was encrypted with key 1, which is not configured.\n',
  )
})

test('a port in use is exit code 2', async () => {
  const { url } = await start()

  const second = await startCommand(database, { DATA_FOLDER, PORT: new URL(url).port })

  expect(await second.ended).toBe(2)
  expect(second.printed.stderr).toMatch(
    /Cannot listen on 127\.0\.0\.1, port \d+: listen EADDRINUSE.*\. Set HOST or PORT\./,
  )
})
