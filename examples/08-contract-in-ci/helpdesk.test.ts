import { mkdirSync, writeFileSync } from 'node:fs'
import { createTestApi, recordUsage } from '@ai-ticket-creator/test-utils'
import { afterAll, afterEach, expect, test } from 'vitest'
import { fileReport, findTracker } from './before.ts'

const api = createTestApi({ generation: 'transitional' })
const recording = recordUsage(api)
afterEach(() => api.reset())
afterAll(() => {
  mkdirSync('usage', { recursive: true })
  writeFileSync('usage/helpdesk.json', JSON.stringify(recording))
})

test('a report is filed in the enabled tracker', async () => {
  await api.seed.integration({ name: 'Old tracker', enabled: false })
  await api.seed.integration({ name: 'Bugs' })

  const place = await fileReport(api, 'The basket loses its items', 'Since this morning, on my phone.')

  expect(place).toMatch(/^Bugs: /)
  expect(api.requests.at(-1)).toMatchObject({ endpoint: 'tickets.create', status: 201 })
})

test('findTracker creates a tracker if none is enabled', async () => {
  const tracker = await findTracker(api)

  expect(tracker.name).toBe('JIRA Production')
})
