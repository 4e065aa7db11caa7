// The shop files tickets with integrations from its configuration.
import { strict as assert } from 'node:assert'
import { createClient, isAmbiguousIntegrationError, isIntegrationNotFoundError } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
})

// One account for all three platforms: each platform reads the keys that it needs.
const credentials = {
  email: 'bot@example.test',
  api_token: 'token',
  url: 'https://shop.example.test',
  subdomain: 'shop',
}
const account = { auth_type: 'custom', credentials } as const

const created = [
  await client.integrations.create({ ...account, name: 'JIRA Production', platform_name: 'jira' }),
  await client.integrations.create({ ...account, name: 'Support', platform_name: 'zendesk' }),
  await client.integrations.create({ ...account, name: 'Support', platform_name: 'freshdesk' }),
]
// Deployed backends create integrations as `pending`. A pending integration files no tickets until it is activated.
for (const { id, status } of created) if (status === 'pending') await client.integrations.activate(id)

async function file(target: string): Promise<string> {
  const bug = { title: 'Bug Report', description: 'The basket loses its items.' }
  try {
    const ticket = await client.tickets.create({ ...bug, integration_name: target })
    return `filed as ${ticket.integration_result?.external_ticket_id}`
  } catch (error) {
    if (isAmbiguousIntegrationError(error)) return `not filed: ${error.candidates.length} integrations have this name`
    if (isIntegrationNotFoundError(error)) return 'not filed: there is no such integration'
    throw error
  }
}

assert.equal(await file('JIRA Production'), 'filed as JIRA-1')
assert.equal(await file('Support'), 'not filed: 2 integrations have this name')
assert.equal(await file('JIRA Staging'), 'not filed: there is no such integration')
console.log('1 of 3 names identifies an integration')
