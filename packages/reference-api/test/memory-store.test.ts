import { createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow } from './rows.ts'
import { describeStore } from './store-conformance.ts'

describeStore('in memory', createMemoryStore)

test('two stores share nothing', async () => {
  const [one, other] = [createMemoryStore(), createMemoryStore()]

  await one.integrations.insert(integrationRow())

  expect(await other.integrations.find(integrationRow().organization_id, integrationRow().id)).toBeUndefined()
})
