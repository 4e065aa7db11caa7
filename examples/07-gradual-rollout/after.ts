import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { createClient, isSilentDropError } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { workAnHour } from './service.ts'

const { API_GENERATION } = process.env
const generations = ['legacy', 'transitional', 'current'] as const
const generation = generations.find((one) => one === API_GENERATION) ?? 'legacy'

async function connect() {
  const api = createTestApi({ generation })
  const jira = await api.seed.integration({ name: 'JIRA Production' })
  const { baseUrl, token, fetch } = api
  return { api, jira, client: createClient({ baseUrl, token, fetch, consumer: 'shop@1.1', generation: 'auto' }) }
}

test('the service works against the backend that it finds', async () => {
  const { client, jira } = await connect()

  assert.equal(await workAnHour(client, jira.id), 'JIRA-1, rested, active')
})

test('one client stays up while the backend moves on, back, and forward again', async () => {
  const { api, client, jira } = await connect()

  const hours = ['legacy', 'transitional', 'current', 'transitional', 'legacy', 'transitional', 'current'] as const
  const work: string[] = []
  for (const hour of hours) {
    api.switchGeneration(hour)
    work.push(await workAnHour(client, jira.id))
  }

  assert.deepEqual(
    work,
    hours.map((_, index) => `JIRA-${index + 1}, rested, active`),
  )
})

test('the first ticket after a roll-back to legacy is filed, or it is said that it is not', async () => {
  const { api, client, jira } = await connect()
  api.switchGeneration('transitional')
  await workAnHour(client, jira.id)

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
