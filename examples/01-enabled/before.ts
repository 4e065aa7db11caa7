// The shop adds an integration, switched off until its credentials are there, and switches it on.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'

const { BASE_URL = '', TOKEN = '', GENERATION } = process.env
const client = createClient({
  baseUrl: BASE_URL,
  token: TOKEN,
  consumer: 'shop@1.0',
  generation: GENERATION === 'legacy' ? 'legacy' : 'current',
})

const jira = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira', is_enabled: false })
assert.equal(jira.is_enabled, false)

const changed = await client.integrations.update(jira.id, { is_enabled: true, base_url: 'https://shop.example.test' })
assert.equal(changed.is_enabled, true)

const { name, is_enabled: on } = await client.integrations.retrieve(jira.id)
assert.equal(on, true)
console.log(`${name} is ${on ? 'on' : 'off'}`)
