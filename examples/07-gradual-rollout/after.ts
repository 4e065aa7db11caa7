import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { createClient, isSilentDropError } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { workOnce } from './service.ts'

const { API_GENERATION } = process.env
const generations = ['legacy', 'transitional', 'current'] as const
const generation = generations.find((one) => one === API_GENERATION) ?? 'legacy'

async function connect() {
  const api = createTestApi({ generation })
  const jira = await api.seed.integration({ name: 'JIRA Production' })
  const { baseUrl, token, fetch } = api
  return { api, jira, client: createClient({ baseUrl, token, fetch, consumer: 'shop@1.1', generation: 'auto' }) }
}

test('the service works against the generation that the backend serves', async () => {
  const { client, jira } = await connect()

  // `workOnce` returns the key of the ticket that it filed, and the integration's state after disabling and after enabling it.
  assert.equal(await workOnce(client, jira.id), 'JIRA-1, disabled, active')
})

test('one client keeps working while the backend is upgraded, rolled back and upgraded again', async () => {
  const { api, client, jira } = await connect()

  const generationsInOrder = [
    'legacy',
    'transitional',
    'current',
    'transitional',
    'legacy',
    'transitional',
    'current',
  ] as const
  const results: string[] = []
  for (const next of generationsInOrder) {
    api.switchGeneration(next)
    results.push(await workOnce(client, jira.id))
  }

  assert.deepEqual(
    results,
    generationsInOrder.map((_, index) => `JIRA-${index + 1}, disabled, active`),
  )
})

test('the first ticket after a rollback to legacy is stored but not filed, and the client throws a SilentDropError', async () => {
  const { api, client, jira } = await connect()
  api.switchGeneration('transitional')
  await workOnce(client, jira.id)

  api.switchGeneration('legacy')
  const bug = { title: 'The basket is full', description: 'Seen in the shop.', integration_id: jira.id }
  const error = await client.tickets.create(bug).then(
    () => undefined,
    (reason: unknown) => reason,
  )

  assert.ok(isSilentDropError(error), String(error))
  assert.deepEqual(error.fields, ['integration_id'])
  assert.equal((await client.tickets.retrieve(error.id)).title, bug.title)
  assert.equal((await client.diagnose()).detectedBy?.generation, 'legacy')
})
