// The shop sets up an integration for each platform, then lists the ticketing platforms.
import { strict as assert } from 'node:assert'
import { createClient, IntegrationCategory, PLATFORMS } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
  legacyFields: false,
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

for (const platform of PLATFORMS) {
  const common = { name: `The shop's ${platform}`, auth_type: 'custom', credentials } as const
  const created = await client.integrations.create({ ...common, platform_name: platform })
  assert.equal(created.platform_name, platform)
}

const { items } = await client.integrations.list({ limit: 100 })
const ticketing = items.filter((one) => one.integration_category === IntegrationCategory.TICKETING)
assert.deepEqual(ticketing.map((one) => one.platform_name).toSorted(), ['freshdesk', 'jira', 'servicenow', 'zendesk'])
console.log(`${items.length} integrations, ${ticketing.length} of them for ticketing`)
