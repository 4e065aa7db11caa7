import { expect, test } from 'vitest'
import { createClient } from '../src/index.ts'

test('an integration is created in the words of the backend', async () => {
  const sent: unknown[] = []
  const client = createClient({
    baseUrl: 'https://tickets.example.test/api/v1/',
    token: 'a-token-for-tests',
    generation: 'legacy',
    fetch: async (request) => {
      sent.push([request.method, request.url, await request.json(), Object.fromEntries(request.headers)])
      return Response.json({
        id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
        name: 'JIRA Production',
        integration_type: 'jira',
        status: 'active',
      })
    },
  })
  const integration = await client.integrations.create({
    name: 'JIRA Production',
    platform_name: 'jira',
    enabled: true,
  })
  expect(integration).toStrictEqual({
    id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
    name: 'JIRA Production',
    integration_category: 'ticketing',
    platform_name: 'jira',
    status: 'active',
    enabled: true,
  })
})
