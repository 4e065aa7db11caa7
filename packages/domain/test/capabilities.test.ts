import { CAPABILITIES, GENERATIONS } from '@ai-ticket-creator/domain'
import { capabilitiesOf } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

test('legacy has no capability that needs a name or a route of a later generation', () => {
  expect(GENERATIONS.map(capabilitiesOf)).toEqual([
    ['cursor', 'if-match', 'idempotency-key', 'integration-id-echo', 'partial-put', 'stable-order'],
    Object.keys(CAPABILITIES),
    Object.keys(CAPABILITIES),
  ])
})
