// The shop lists its enabled Jira integrations, and the tickets that one of them filed.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
  legacyFields: false,
})

// Some deployed backends also require `url`.
const credentials = { email: 'bot@example.test', api_token: 'jira-token', url: 'https://example.atlassian.net' }
const account = { auth_type: 'custom', credentials } as const

const jira = await client.integrations.create({ ...account, name: 'JIRA Production', platform_name: 'jira' })
const staging = await client.integrations.create({ ...account, name: 'JIRA Staging', platform_name: 'jira' })
const desk = await client.integrations.create({ ...account, name: 'Service Desk', platform_name: 'jira' })
// Deployed backends create integrations as `pending`. A pending integration files no tickets until it is activated.
for (const { id, status } of [jira, staging, desk]) if (status === 'pending') await client.integrations.activate(id)
for (const integration_id of [jira.id, desk.id, jira.id])
  await client.tickets.create({ title: 'Bug Report', description: 'The basket loses its items.', integration_id })
await client.integrations.disable(staging.id)
await client.integrations.disable(desk.id)

const enabledOnly = await client.integrations.list({ platform_name: 'jira', enabled: true })
assert.deepEqual(
  enabledOnly.items.map(({ name, enabled }) => [name, enabled]),
  [['JIRA Production', true]],
)

const active = await client.integrations.listActive({ platform_name: 'jira' })
assert.deepEqual(
  active.map(({ id }) => id),
  [jira.id],
)

const filed: string[] = []
for await (const ticket of client.tickets.list({ integration_id: jira.id, sort_order: 'asc' }))
  filed.push(String(ticket.integration_result?.external_ticket_id))
assert.deepEqual(filed, ['JIRA-1', 'JIRA-3'])
console.log(`${enabledOnly.items.length} is enabled, it filed ${filed.join(' and ')}`)
