import assert from 'node:assert/strict'
import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { createClient } from '@ai-ticket-creator/sdk/current'

const app = createApp({ generation: 'current' })
const client = createClient({ baseUrl: 'http://127.0.0.1', token: DEFAULT_USER.token, fetch: app.fetch })

const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
const { enabled } = await client.integrations.retrieve(id)

assert.equal(enabled, true)
await assert.rejects(client.integrations.create({ name: 'Old', integration_type: 'jira' }), {
  name: 'InvalidRequestError',
})
