// The shop sets up an integration for each platform, then looks for those that keep tickets.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
})

const types = [
  'jira',
  'servicenow',
  'zendesk',
  'freshdesk',
  'salesforce',
  'hubspot',
  'slack',
  'teams',
  'email',
  'sms',
  'zoom',
  'asana',
  'trello',
  'github',
  'webhook',
] as const
for (const type of types) {
  const created = await client.integrations.create({ name: `The shop's ${type}`, integration_type: type })
  assert.equal(created.integration_type, type)
}

const ticketing: readonly string[] = ['jira', 'servicenow', 'zendesk', 'freshdesk']
const { items } = await client.integrations.list({ limit: 100 })
const desks = items.filter((one) => ticketing.includes(one.integration_type)).map((one) => one.integration_type)
assert.deepEqual(desks.toSorted(), ['freshdesk', 'jira', 'servicenow', 'zendesk'])
console.log(`${items.length} integrations, of which ${desks.length} keep tickets`)
