import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { describeOrganizationWalks, endpointsOfOneRow } from './organizations-walk-suite.ts'

describeOrganizationWalks('in memory', () => createMemoryStore())

test('the walk covers every endpoint', () => {
  const walked = ENDPOINT_IDS.filter((id) => !endpointsOfOneRow.includes(id))

  // `useOtherIds` calls every endpoint of one row. The suite must call each of these, so a new one needs an action.
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
