// The shop connects Jira, files a bug, starts to work on it, and counts such tickets. It uses the SDK.
import { strict as assert } from 'node:assert'
import { createClient, isNotFoundError, type Ticket } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
  timeout: 10_000,
  legacyFields: false,
})

const jira = await client.integrations.create({
  name: 'JIRA Production',
  platform_name: 'jira',
  enabled: true,
  auth_type: 'custom',
  credentials: { email: 'bot@example.test', api_token: 'jira-token', url: 'https://example.atlassian.net' },
})
assert.equal(jira.platform_name, 'jira')
// Deployed backends create integrations as `pending`. A pending integration files no tickets until it is activated.
if (jira.status === 'pending') await client.integrations.activate(jira.id)

const ticket = await client.tickets.create({
  title: 'Bug Report',
  description: 'The basket loses its items.',
  integration_id: jira.id,
})

await client.tickets.setStatus(ticket.id, 'in_progress')

async function find(id: string): Promise<Ticket | undefined> {
  try {
    return await client.tickets.retrieve(id)
  } catch (error) {
    if (isNotFoundError(error)) return undefined
    throw error
  }
}

const filed = await find(ticket.id)
assert.equal(filed?.integration_result?.external_ticket_id, 'JIRA-1')

const started = await client.tickets.list({ status: ['in_progress'] }).toArray({ limit: 10_000 })
assert.equal(started.length, 1)
console.log(`${filed.integration_result.external_ticket_id} is filed, ${started.length} ticket is in progress`)
