import assert from 'node:assert/strict'
import { createClient } from '@ai-ticket-creator/sdk'
import { delayResponse, dropResponse, unknownEnumValue } from '@ai-ticket-creator/test-utils'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { test } from 'vitest'

test('faults, a change of generation, and a request to elsewhere', async () => {
  const api = startTestApi({ generation: 'legacy' })
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'legacy' })
  api.faults.add({ endpoint: 'integrations.create', fault: dropResponse(), times: 1 })
  api.faults.add({ endpoint: 'integrations.list', fault: unknownEnumValue('status', 'paused') })
  api.faults.add({ endpoint: 'tickets.list', fault: delayResponse(60_000) })

  const lost = await client.integrations.create({ name: 'Old', integration_type: 'jira' }).catch(({ name }) => name)
  api.switchGeneration('transitional')
  const { items } = await client.integrations.list()
  const late = await client.tickets.list({}, { timeout: 20 }).catch(({ name }) => name)
  const outside = await fetch('https://elsewhere.example.test/logo.png').catch(({ name }) => name)
  api.close()

  const found = [lost, items[0].status, late, outside]
  assert.deepEqual(found, ['OutcomeUnknownError', 'paused', 'TimeoutError', 'TypeError'])
  assert.deepEqual(api.faults.unused(), [])
})
