import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { connect, connectTo, requestLines } from './backend.ts'

test('an unknown backend is probed by one cheap read, a known one is not', async () => {
  const { client, seen } = connect({ backend: 'legacy', generation: 'auto' })

  const first = await client.diagnose()
  const second = await client.diagnose()

  expect(requestLines(seen)).toEqual(['GET /integrations/?limit=1'])
  expect(second).toEqual(first)
  expect(first).toMatchObject({
    baseUrl: 'https://tickets.example.test/api/v1',
    option: 'auto',
    requestGeneration: 'legacy',
    reason: 'evidence',
    detectedBy: { generation: 'legacy', source: 'header' },
  })
  expect(Date.parse(first.detectedBy?.learnedAt ?? '')).toBeGreaterThan(0)
})

test('diagnose() shows the requests of some example calls', async () => {
  const [old, now] = [connect({ backend: 'legacy' }), connect({ backend: 'current' })]

  const sent = async ({ client }: typeof old) =>
    (await client.diagnose()).exampleRequests.map(
      ({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`,
    )

  expect(await sent(old)).toEqual([
    'POST /integrations/ {"name":"JIRA Production","integration_type":"jira","is_enabled":false}',
    'PATCH /integrations/{integration_id}/status {"status":"active"}',
    'POST /tickets/ {"title":"Bug Report","description":"It breaks","integration_name":"JIRA Production","integration":"JIRA Production"}',
    'PUT /tickets/{ticket_id} {"title":"Bug Report"}',
  ])
  expect(await sent(now)).toEqual([
    'POST /integrations/ {"name":"JIRA Production","integration_category":"ticketing","platform_name":"jira","enabled":false}',
    'PATCH /integrations/{integration_id}/status {"enabled":true}',
    'POST /tickets/ {"title":"Bug Report","description":"It breaks","integration_id":"the id of the integration with this name"}',
    'PATCH /tickets/{ticket_id} {"title":"Bug Report"}',
  ])
  expect([...old.seen, ...now.seen]).toEqual([])
})

test('with an explicit generation diagnose() sends nothing, and still shows the generation that the backend has shown', async () => {
  const { client, seen } = connect({ backend: 'transitional', generation: 'legacy' })

  const before = await client.diagnose()
  await client.tickets.stats()
  const after = await client.diagnose()

  expect(before).toMatchObject({ option: 'legacy', reason: 'option', detectedBy: undefined, capabilities: [] })
  expect(after).toMatchObject({ reason: 'option', detectedBy: { generation: 'transitional', source: 'header' } })
  expect(after.capabilities).toContain('idempotency-key')
  expect(seen).toHaveLength(1)
})

test('diagnose() resolves after a failed probe, with an unknown generation', async () => {
  const { client } = connectTo(() => new Response('<html>', { status: 502 }), { generation: 'auto' })

  expect(await client.diagnose()).toMatchObject({
    requestGeneration: 'current',
    reason: 'nothing_known',
    detectedBy: undefined,
  })
})

test('the diagnosis is JSON without secrets', async () => {
  const app = createApp()
  const { client } = connectTo((request) => app.fetch(request), { generation: 'auto', token: DEFAULT_USER.token })

  const known = await client.diagnose({ headers: { 'X-Tenant': 's3cr3t' } })

  expect(JSON.parse(JSON.stringify(known))).toEqual(known)
  expect(JSON.stringify(known)).not.toMatch(/s3cr3t|test-token/)
})

test('a token that the backend repeats in a header is not shown, nor a capability that is no name', async () => {
  const headers = { 'API-Generation': 'current', 'API-Capabilities': 'if-match, s3cr3t-token, <b>, No Name' }
  const { client } = connectTo(() => Response.json([], { headers }), { generation: 'auto', token: 's3cr3t-token' })

  expect((await client.diagnose()).capabilities).toEqual(['if-match'])
  // `diagnose` sends no request now.
  expect((await client.diagnose()).capabilities).toEqual(['if-match'])
})
