// The shop disables an integration for the night and enables it in the morning.
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

async function setStatus(status: 'active' | 'inactive'): Promise<void> {
  const response = await fetch(`${BASE_URL}/api/v1/integrations/${jira.id}/status`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status }),
  })
  assert.ok(response.ok, await response.text())
}

await setStatus('inactive')
const evening = await client.integrations.retrieve(jira.id)
assert.equal(evening.status, 'inactive')

await setStatus('active')
const morning = await client.integrations.retrieve(jira.id)
assert.equal(morning.status, 'active')
console.log(`${jira.name} was ${evening.status} and is ${morning.status}`)
