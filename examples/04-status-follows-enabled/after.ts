// The shop switches an integration off for the night and on again in the morning.
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

const jira = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

const evening = await client.integrations.disable(jira.id, { reason: 'closed for the night' })
assert.equal(evening.status, 'inactive')

const morning = await client.integrations.enable(jira.id)
assert.equal(morning.status, 'active')
console.log(`${jira.name} was ${evening.status} and is ${morning.status}`)
