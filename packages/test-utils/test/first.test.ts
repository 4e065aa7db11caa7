import { createClient } from '@ai-ticket-creator/sdk'
import { expect, test } from 'vitest'
import { createTestApi } from '../src/index.ts'
import { startTestApi } from '../src/node.ts'

test('the sdk works on it through `fetch`', async () => {
  const api = createTestApi()
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch: api.fetch })
  const jira = await api.given.integration()

  const ticket = await client.tickets.create({ title: 'A', description: 'B', integration_id: jira.id })

  expect(ticket.integration_result?.external_ticket_id).toBe('JIRA-1')
  expect(api.requests).toMatchInlineSnapshot(`
    [
      {
        "body": {
          "description": "B",
          "integration_id": "00000001-0000-4000-8000-000000000001",
          "title": "A",
        },
        "deprecated": [],
        "endpoint": "tickets.create",
        "faults": [],
        "generation": "current",
        "ignored": [],
        "method": "POST",
        "path": "/api/v1/tickets/",
        "query": {},
        "status": 201,
      },
    ]
  `)
})

test('the sdk works on it through MSW', async () => {
  using api = startTestApi()
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current' })

  const jira = await client.integrations.create({
    name: 'JIRA Production',
    platform_name: 'jira',
    credentials: { email: 'bot@example.test', api_token: 'fake-token' },
  })

  expect(jira.id).toBe('00000001-0000-4000-8000-000000000001')
  expect(api.requests).toMatchInlineSnapshot(`
    [
      {
        "body": {
          "credentials": {
            "api_token": "[hidden]",
            "email": "[hidden]",
          },
          "integration_category": "ticketing",
          "name": "JIRA Production",
          "platform_name": "jira",
        },
        "deprecated": [],
        "endpoint": "integrations.create",
        "faults": [],
        "generation": "current",
        "ignored": [],
        "method": "POST",
        "path": "/api/v1/integrations/",
        "query": {},
        "status": 200,
      },
    ]
  `)
})
