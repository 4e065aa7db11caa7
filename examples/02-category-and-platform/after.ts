// The shop sets up an integration for each platform, then looks for those that keep tickets.
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

for (const platform of PLATFORMS) {
  const created = await client.integrations.create({ name: `The shop's ${platform}`, platform_name: platform })
  assert.equal(created.platform_name, platform)
}

const { items } = await client.integrations.list({ limit: 100 })
const desks = items.filter((one) => one.integration_category === IntegrationCategory.TICKETING)
assert.deepEqual(desks.map((one) => one.platform_name).toSorted(), ['freshdesk', 'jira', 'servicenow', 'zendesk'])
console.log(`${items.length} integrations, of which ${desks.length} keep tickets`)
