import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { workOnce } from './service.ts'

const { API_GENERATION } = process.env
const generations = ['legacy', 'transitional', 'current'] as const
const generation = generations.find((one) => one === API_GENERATION) ?? 'legacy'

async function connect() {
  const api = createTestApi({ generation })
  const jira = await api.seed.integration({ name: 'JIRA Production' })
  const { baseUrl, token, fetch } = api
  return { api, jira, client: createClient({ baseUrl, token, fetch, consumer: 'shop@1.0', generation: 'legacy' }) }
}

test('the service, whose client is set to legacy, works against the backend', async () => {
  const { client, jira } = await connect()

  // `workOnce` returns the key of the ticket that it filed, and the integration's state after disabling and after enabling it.
  assert.equal(await workOnce(client, jira.id), 'JIRA-1, disabled, active')
})
