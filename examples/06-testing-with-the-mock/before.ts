import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { createClient } from '@ai-ticket-creator/sdk'
import { reportBug } from './service.ts'

const jira = {
  id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  name: 'JIRA Production',
  integration_type: 'jira',
  is_enabled: true,
  status: 'active',
}

function connect(integration: typeof jira) {
  const sent: unknown[] = []
  const fetch = async (request: Request): Promise<Response> => {
    if (request.url.endsWith(jira.id)) return Response.json(integration)
    if (request.method === 'GET') return Response.json([integration])
    sent.push(await request.json())
    return Response.json({ id: '7d3e8a10-52c4-4b8e-9f1a-0c6d2e4b5a91', external_ticket_id: 'JIRA-1' }, { status: 201 })
  }
  const url = 'https://tickets.example.test'
  return { sent, client: createClient({ baseUrl: url, token: 'test-token', generation: 'legacy', fetch }) }
}

test('a bug is filed', async () => {
  const { client, sent } = connect(jira)

  const answer = await reportBug(client, jira.id, 'The basket loses its items')

  assert.equal(answer, 'filed as JIRA-1')
  assert.partialDeepStrictEqual(sent, [{ title: 'The basket loses its items', integration_name: 'JIRA Production' }])
})

test('a bug is not filed while the integration is disabled', async () => {
  const { client, sent } = connect({ ...jira, is_enabled: false, status: 'inactive' })

  const answer = await reportBug(client, jira.id, 'The basket loses its items')

  assert.equal(answer, 'not filed: the integration is inactive')
  assert.deepEqual(sent, [])
})
