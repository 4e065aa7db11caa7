// The shop adds an integration that is disabled at first, and enables it.
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

const jira = await client.integrations.create({ ...account, name: 'JIRA', platform_name: 'jira', is_enabled: false })
assert.equal(jira.is_enabled, false)

const changed = await client.integrations.update(jira.id, { is_enabled: true, base_url: 'https://shop.example.test' })
assert.equal(changed.is_enabled, true)

const { name, is_enabled: on } = await client.integrations.retrieve(jira.id)
assert.equal(on, true)
console.log(`${name} is ${on ? 'enabled' : 'disabled'}`)
