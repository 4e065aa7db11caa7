import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { reportBug } from './service.ts'

const { API_GENERATION } = process.env
const generations = ['legacy', 'transitional', 'current'] as const
const generation = generations.find((one) => one === API_GENERATION) ?? 'current'

async function connect(fields: { enabled: boolean }) {
  const api = createTestApi({ generation })
  const jira = await api.seed.integration({ name: 'JIRA Production', ...fields })
  const { baseUrl, token, fetch } = api
  return { api, jira, client: createClient({ baseUrl, token, generation: 'current', fetch, legacyFields: false }) }
}

test('a bug is filed', async () => {
  const { client, api, jira } = await connect({ enabled: true })

  const answer = await reportBug(client, jira.id, 'The basket loses its items')

  assert.equal(answer, 'filed as JIRA-1')
  assert.partialDeepStrictEqual(api.requests, [{ body: { integration_id: jira.id }, deprecated: [] }])
})

test('a bug is not filed while the integration is disabled', async () => {
  const { client, jira } = await connect({ enabled: false })

  const answer = await reportBug(client, jira.id, 'The basket loses its items')

  assert.equal(answer, 'not filed: the integration is inactive')
  assert.equal((await client.tickets.list()).total, 0)
})

test('bugs are filed before and after the backend switches to current', async () => {
  const { client, api, jira } = await connect({ enabled: true })

  const first = await reportBug(client, jira.id, 'The basket loses its items')
  api.switchGeneration('current')
  const second = await reportBug(client, jira.id, 'The basket has them again')

  assert.deepEqual([first, second], ['filed as JIRA-1', 'filed as JIRA-2'])
})
