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

// One account for all platforms: each backend reads the keys that it needs.
const keys = [
  'email',
  'api_token',
  'url',
  'instance_url',
  'subdomain',
  'username',
  'password',
  'client_id',
  'client_secret',
]
const more = ['bot_token', 'channel', 'webhook_url', 'smtp_host', 'smtp_port', 'token', 'organization']
const credentials = Object.fromEntries([...keys, ...more].map((key) => [key, 'test']))

for (const platform of PLATFORMS) {
  const common = { name: `The shop's ${platform}`, auth_type: 'custom', credentials } as const
  const created = await client.integrations.create({ ...common, platform_name: platform })
  assert.equal(created.platform_name, platform)
}

const { items } = await client.integrations.list({ limit: 100 })
const desks = items.filter((one) => one.integration_category === IntegrationCategory.TICKETING)
assert.deepEqual(desks.map((one) => one.platform_name).toSorted(), ['freshdesk', 'jira', 'servicenow', 'zendesk'])
console.log(`${items.length} integrations, ${desks.length} of them for ticketing`)
