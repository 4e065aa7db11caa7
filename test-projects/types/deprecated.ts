import { createClient } from '@ai-ticket-creator/sdk'

const client = createClient({ baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' })
export const old = client.integrations.create({ name: 'Old', integration_type: 'jira' })
export const read = client.integrations.retrieve('1').then((integration) => integration.is_enabled)
