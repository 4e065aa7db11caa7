// The shop disables an integration for the night and enables it in the morning.
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

const evening = await client.integrations.disable(jira.id, { reason: 'closed for the night' })
assert.equal(evening.status, 'inactive')

let morning = await client.integrations.enable(jira.id)
// Deployed backends enable integrations as `pending`. A pending integration files no tickets until it is activated.
if (morning.status === 'pending') {
  await client.integrations.activate(jira.id)
  morning = await client.integrations.retrieve(jira.id)
}
assert.equal(morning.status, 'active')
console.log(`${jira.name} was ${evening.status} and is ${morning.status}`)
