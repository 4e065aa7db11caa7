import { connect } from 'node:net'
import { type App, createApp } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'
import { afterEach, expect, test } from 'vitest'
import { fieldsOf, nthId } from './send.ts'

// The app behind Node's HTTP server: bodies and headers as a socket frames them.

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function listen(app: App): Promise<{ readonly port: number; readonly base: string }> {
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port))
    open.push(() => new Promise((done) => server.close(() => done())))
  })
  return { port, base: `http://127.0.0.1:${port}/api/v1` }
}

const headers = { Authorization: 'Bearer test-token', 'Content-Type': 'application/json' }

test('create, list, update and delete work over a socket', async () => {
  const { base } = await listen(createApp({ generation: 'transitional' }))

  const created = await fetch(`${base}/integrations/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'JIRA Production', integration_type: 'jira', is_enabled: true }),
  })
  const listed = await fetch(`${base}/integrations/?name=jira`, { headers })
  const updated = await fetch(`${base}/integrations/${nthId(1)}`, {
    method: 'PUT',
    headers: { ...headers, 'If-Match': created.headers.get('ETag') ?? '' },
    body: JSON.stringify({ name: 'JIRA Test' }),
  })
  const deleted = await fetch(`${base}/integrations/${nthId(1)}`, { method: 'DELETE', headers })

  expect(await created.json()).toMatchObject({ integration_type: 'jira', platform_name: 'jira' })
  expect(created.headers.get('Deprecated-Fields')).toBe('is_enabled;use=enabled, integration_type;use=platform_name')
  expect(await listed.json()).toMatchObject([{ id: nthId(1), name: 'JIRA Production' }])
  expect(await updated.json()).toMatchObject({ name: 'JIRA Test' })
  expect(await deleted.json()).toEqual({ message: 'Integration deleted successfully' })
})

test('a write to a path without its slash is redirected and succeeds', async () => {
  const { base } = await listen(createApp())

  const reply = await fetch(`${base}/tickets`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ title: 'T', description: 'D' }),
  })

  expect([reply.status, reply.redirected, reply.url]).toEqual([201, true, `${base}/tickets/`])
  expect(await reply.json()).toMatchObject({ title: 'T' })
})

test('a chunked body is read, and refused when it is too long', async () => {
  const { base } = await listen(createApp({ bodyLimit: 200 }))
  const inPieces = (pieces: readonly string[]) =>
    fetch(`${base}/tickets/`, {
      method: 'POST',
      headers,
      body: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
      // Node requires it for a stream; the DOM types lack it.
      ...({ duplex: 'half' } as object),
    })

  const read = await inPieces(['{"title":"T"', ',"description":', '"D"}'])
  const refused = await inPieces(Array.from({ length: 30 }, () => ' '.repeat(10)))

  expect(read.status).toBe(201)
  expect([refused.status, fieldsOf({ json: await refused.json() })['code']]).toEqual([413, 'payload_too_large'])
})

test('HEAD, a body without a content type, and characters beyond ASCII work over a socket', async () => {
  const { base } = await listen(createApp())

  const created = await fetch(`${base}/tickets/`, {
    method: 'POST',
    headers: { Authorization: 'Bearer test-token' },
    body: new TextEncoder().encode(JSON.stringify({ title: 'Ünïcode 🐞', description: 'D' })),
  })
  const head = await fetch(`${base}/tickets/${nthId(1)}`, { method: 'HEAD', headers })

  expect(await created.json()).toMatchObject({ title: 'Ünïcode 🐞' })
  expect([head.status, head.headers.get('ETag'), await head.text()]).toEqual([200, '"1"', ''])
})

test('any name of an ignored field makes a valid header', async () => {
  const { base } = await listen(createApp({ generation: 'transitional' }))
  const extra = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${'ü'.repeat(500)}\r\n${n}`, n]))

  const reply = await fetch(`${base}/integrations/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'A', platform_name: 'jira', ...extra }),
  })

  expect(reply.status).toBe(200)
  expect(reply.headers.get('Ignored-Fields')).toMatch(/^"(?:%C3%BC){64}"/)
  expect((await reply.json()) as object).toMatchObject({ name: 'A' })
})

test('the service still works after a client has disconnected within a body', async () => {
  const reported: unknown[] = []
  const { port, base } = await listen(createApp({ onError: (error) => reported.push(error) }))

  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /api/v1/tickets/ HTTP/1.1\r\nHost: x.example.test\r\nAuthorization: Bearer test-token\r\n' +
          'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"title":',
      )
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })
  const after = await fetch(`${base}/tickets/`, { headers })

  expect([after.status, fieldsOf({ json: await after.json() })['total']]).toEqual([200, 0])
  expect(reported).toEqual([])
})
