// The shop sets up an integration for each platform, then lists the ticketing platforms.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
})

// One account for all platforms, to keep the example short: each platform reads the keys that it needs.
const credentials = {
  email: 'bot@example.test',
  api_token: 'token',
  token: 'token',
  username: 'bot',
  password: 'password',
  url: 'https://shop.example.test',
  instance_url: 'https://shop.example.test',
  subdomain: 'shop',
  client_id: 'shop',
  client_secret: 'secret',
  organization: 'shop',
  bot_token: 'token',
  channel: 'bugs',
  webhook_url: 'https://shop.example.test',
  smtp_host: 'mail.example.test',
  smtp_port: 587,
}

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
  const common = { name: `The shop's ${type}`, auth_type: 'custom', credentials } as const
  const created = await client.integrations.create({ ...common, integration_type: type })
  assert.equal(created.integration_type, type)
}

const ticketingTypes: readonly string[] = ['jira', 'servicenow', 'zendesk', 'freshdesk']
const { items } = await client.integrations.list({ limit: 100 })
const ticketing = items
  .filter((one) => ticketingTypes.includes(one.integration_type))
  .map((one) => one.integration_type)
assert.deepEqual(ticketing.toSorted(), ['freshdesk', 'jira', 'servicenow', 'zendesk'])
console.log(`${items.length} integrations, ${ticketing.length} of them for ticketing`)
