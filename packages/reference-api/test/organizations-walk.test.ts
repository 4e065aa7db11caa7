import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { describeOrganizationWalks, ofOneRow } from './organizations-walk-suite.ts'

describeOrganizationWalks('in memory', () => createMemoryStore())

test('the walk covers every endpoint', () => {
  const walked = ENDPOINT_IDS.filter((id) => !ofOneRow.includes(id))

  // Endpoints without a row are called explicitly above.
  expect(walked).toEqual([
    'integrations.create',
    'integrations.list',
    'integrations.listActive',
    'tickets.list',
    'tickets.create',
    'tickets.createWithAi',
    'tickets.stats',
  ])
})
