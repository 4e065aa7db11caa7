// The shop files tickets with integrations from its configuration.
import { strict as assert } from 'node:assert'
import { createClient, isAmbiguousIntegrationError, isIntegrationNotFoundError } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
  legacyFields: false,
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
    const ticket = await client.tickets.create({ ...bug, integration_id: target })
    return `filed as ${ticket.integration_result?.external_ticket_id}`
  } catch (error) {
    if (isIntegrationNotFoundError(error)) return 'not filed: there is no such integration'
    throw error
  }
}

// Do this lookup once, when you change the configuration from names to ids. If two integrations share a name, somebody has
// to choose.
const jira = await client.integrations.findByName('JIRA Production')
const support = await client.integrations.findByName('Support').catch((error: unknown) => {
  if (!isAmbiguousIntegrationError(error)) throw error
  return error.candidates.find(({ platform_name }) => platform_name === 'zendesk')
})
assert.ok(support)

assert.equal(await file(jira.id), 'filed as JIRA-1')
assert.equal(await file(support.id), 'filed as ZENDESK-1')
assert.equal(await file('a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'), 'not filed: there is no such integration')
console.log('2 of 3 ids file tickets, the third is unknown')
