import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { after, afterEach, test } from 'node:test'
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi, recordUsage } from '@ai-ticket-creator/test-utils'
import { callForHelp } from './watch.ts'

const api = createTestApi({ generation: 'transitional' })
const { baseUrl, token, fetch } = api
const client = createClient({ baseUrl, token, fetch, generation: 'current' })
const recording = recordUsage(api, { deprecations: client.deprecations })
afterEach(() => api.reset())
after(() => {
  mkdirSync('usage', { recursive: true })
  writeFileSync('usage/watch.json', JSON.stringify(recording))
})

test('the person on call gets a ticket', async () => {
  const onCall = await api.seed.integration({ name: 'On call' })

  const answer = await callForHelp(client, onCall.id, 'The shop does not answer')

  assert.equal(answer, 'On call: JIRA-1')
})

test('no ticket is filed if the integration is disabled', async () => {
  const onCall = await api.seed.integration({ name: 'On call', enabled: false })

  const answer = await callForHelp(client, onCall.id, 'The shop does not answer')

  assert.equal(answer, 'nobody: On call is disabled')
  assert.deepEqual(
    api.requests.map(({ endpoint }) => endpoint),
    ['integrations.retrieve'],
  )
})
