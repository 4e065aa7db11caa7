import { expect, test } from 'vitest'
import { canRetire } from '../src/operations/can-retire.ts'
import type { DeprecationReport, RemainingUse } from '../src/operations/deprecation-report.ts'

const now = new Date('2026-03-01T00:00:00Z')
const aReport: DeprecationReport = {
  days: 30,
  recorded_since: '2026-01-01T00:00:00.000000Z',
  consumers: 3,
  sunset: null,
  uses: [],
}
const aUse: RemainingUse = {
  organization_id: '10000000-0000-4000-8000-000000000001',
  organization: 'Acme',
  consumer: 'billing@1.4',
  field: 'is_enabled',
  replacement: 'enabled',
  operation: 'integrations.create',
  direction: 'request',
  first_at: '2026-01-02T00:00:00.000000Z',
  last_at: '2026-02-27T00:00:00.000000Z',
  uses: 3,
  uses_before: 5,
}
const inReply: RemainingUse = { ...aUse, direction: 'reply', operation: 'integrations.list' }

test('a name that is still sent cannot be retired', () => {
  expect(canRetire('is_enabled', { ...aReport, uses: [aUse, inReply] }, now)).toEqual({
    field: 'is_enabled',
    answer: 'no',
    reason: 'It is still sent by 1 consumer.',
    evidence: [aUse],
  })
})

test('a name that is only in replies gives the answer unknown: nothing shows who reads it', () => {
  const uses = [inReply, { ...inReply, organization_id: '10000000-0000-4000-8000-000000000002' }]

  expect(canRetire('is_enabled', { ...aReport, uses }, now)).toEqual({
    field: 'is_enabled',
    answer: 'unknown',
    reason:
      'Nobody sends it, but it is in replies to 2 consumers, which may read it. A consumer that sends `Prefer: handling=strict` does not receive it.',
    evidence: uses,
  })
})

test('a name that no consumer used for long enough can be retired', () => {
  expect(canRetire('integration_type', { ...aReport, uses: [aUse] }, now)).toEqual({
    field: 'integration_type',
    answer: 'yes',
    reason: 'None of 3 consumers used it in the last 30 days.',
    evidence: [],
  })
})

test.each([
  ['nothing is recorded', { recorded_since: null, consumers: 0 }, 'No request is recorded. Only the transitional'],
  [
    'the records are too short',
    { recorded_since: '2026-02-20T00:00:00.000000Z' },
    'only since 2026-02-20T00:00:00.000000Z, less than 30 days',
  ],
  ['there were no requests lately', { consumers: 0 }, 'No request was recorded in the last 30 days'],
])('the answer is unknown while %s', (_, change, reason) => {
  const answer = canRetire('is_enabled', { ...aReport, ...change }, now)

  expect(answer.answer).toBe('unknown')
  expect(answer.reason).toContain(reason)
})
