// The shop files a bug with a screenshot, assigns it to an agent, and reads back the assignee, the files and the Jira key.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
})

// Some deployed backends also require `url`.
const credentials = { email: 'bot@example.test', api_token: 'jira-token', url: 'https://example.atlassian.net' }
const account = { auth_type: 'custom', credentials } as const

const jira = await client.integrations.create({ ...account, name: 'JIRA Production', platform_name: 'jira' })
// Deployed backends create integrations as `pending`. A pending integration files no tickets until it is activated.
if (jira.status === 'pending') await client.integrations.activate(jira.id)

const ticket = await client.tickets.create({
  title: 'Bug Report',
  description: 'The basket loses its items.',
  integration_id: jira.id,
  file_ids: ['5f3c9a52-0c1e-4f0e-9d53-6f1a2b7c8d90'],
})

const agent = '10000000-0000-4000-8000-000000000001'
await client.tickets.update(ticket.id, { assigned_to_id: agent, reason: 'on call' })

const filed = await client.tickets.retrieve(ticket.id)
assert.equal(filed.assignee?.id, agent)
assert.equal(filed.files?.[0]?.id, '5f3c9a52-0c1e-4f0e-9d53-6f1a2b7c8d90')
assert.equal(filed.external_ticket_id, 'JIRA-1')
console.log(`${filed.external_ticket_id} is filed, with ${filed.files.length} file`)
