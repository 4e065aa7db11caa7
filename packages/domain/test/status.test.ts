import {
  availableEvents,
  INTEGRATION_EVENTS,
  INTEGRATION_STATUSES,
  type IntegrationStatus,
  isEnabledStatus,
  isIntegrationStatus,
  problems,
  transition,
} from '@ai-ticket-creator/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const events = [
  'enable',
  'disable',
  'check_passed',
  'check_failed',
  'credentials_expired',
  'credentials_replaced',
  'suspend',
  'resume',
] as const

// The table, written out. `+`: with effects; `-`: refused.
// biome-ignore format: a table is read by column
const table = [
  //             enable      disable     check_passed  check_failed  cred_expired  cred_replaced  suspend      resume
  ['pending',   ['active+', 'inactive', 'active',     'error',      'expired',    'pending+',    'suspended', '-']],
  ['active',    ['active',  'inactive', 'active',     'error',      'expired',    'active+',     'suspended', '-']],
  ['inactive',  ['active+', 'inactive', 'inactive',   'inactive',   'inactive',   'inactive',    '-',         '-']],
  ['error',     ['active+', 'inactive', 'active',     'error',      'expired',    'active+',     'suspended', '-']],
  ['expired',   ['active+', 'inactive', 'expired',    'expired',    'expired',    'active+',     'suspended', '-']],
  ['suspended', ['active+', 'inactive', 'suspended',  'suspended',  'suspended',  'suspended',   'suspended', 'active+']],
] as const
const cells = table.flatMap(([status, row]) =>
  row.map((cell, column) => ({ status, event: events[column] ?? 'enable', cell })),
)
const accepted = cells.filter(({ cell }) => cell !== '-')
const refused = cells.filter(({ cell }) => cell === '-')

test('there are 6 statuses and 8 events, hence 48 cells', () => {
  expect(INTEGRATION_STATUSES).toEqual(['pending', 'active', 'inactive', 'error', 'expired', 'suspended'])
  expect(INTEGRATION_EVENTS).toEqual(events)
  expect([cells.length, accepted.length, refused.length]).toEqual([48, 42, 6])
})

test.each(accepted)('$event in $status leads to $cell', ({ status, event, cell }) => {
  const next = transition(status, event)

  expect(next).toEqual({
    status: cell.replace('+', ''),
    enabled: !cell.startsWith('inactive'),
    effects: cell.endsWith('+') ? ['validate_credentials', 'check_health'] : [],
  })
})

test.each(refused)('$event in $status is refused', ({ status, event }) => {
  const refusal = transition(status, event)

  expect(refusal).toMatchObject({ code: 'transition_refused', reason: 'not_available', status, event })
})

test('a refusal lists the possible events', () => {
  const refusal = transition('inactive', 'suspend')

  expect(refusal).toMatchInlineSnapshot(`
    {
      "code": "transition_refused",
      "event": "suspend",
      "message": "\`suspend\` is refused in status \`inactive\`; possible: enable, disable, check_passed, check_failed, credentials_expired, credentials_replaced",
      "reason": "not_available",
      "status": "inactive",
    }
  `)
})

test.each(events)('%s is refused in an unknown status, and the message names the status', (event) => {
  const refusal = transition('archived', event)

  expect(refusal).toEqual({
    code: 'transition_refused',
    reason: 'unknown_status',
    status: 'archived',
    event,
    message: `\`${event}\` is refused in status \`archived\`; this version does not have the status`,
  })
})

test('an unknown event is refused, whatever its name', () => {
  // Values from outside, which the type forbids.
  const values = ['archive', '', '__proto__', 'constructor', 'length', '0'] as unknown as (typeof events)[number][]

  const codes = values.map((event) => transition('active', event).code)

  expect(codes).toEqual(values.map(() => 'transition_refused'))
})

test('the code of a refusal is in the table of problems', () => {
  expect(problems.transition_refused.status).toBe(409)
})

test('the available events are those that are not refused', () => {
  const byStatus = INTEGRATION_STATUSES.map((status) => [status, availableEvents(status)])

  expect(byStatus).toEqual(table.map(([status, row]) => [status, events.filter((_, column) => row[column] !== '-')]))
  expect(availableEvents('archived')).toEqual([])
})

test('enabled follows the status', () => {
  expect(INTEGRATION_STATUSES.map((status) => [status, isEnabledStatus(status)])).toEqual([
    ['pending', true],
    ['active', true],
    ['inactive', false],
    ['error', true],
    ['expired', true],
    ['suspended', true],
  ])
})

test('statuses are case-sensitive', () => {
  const values = ['active', 'ACTIVE', ' active', '', 'archived', null, undefined]

  expect(values.map((value) => isIntegrationStatus(value))).toEqual([true, false, false, false, false, false, false])
})

test('after any series of events, an integration is enabled exactly if it is not inactive', () => {
  const walk = fc.record({
    start: fc.constantFrom<IntegrationStatus>('active', 'inactive'),
    events: fc.array(fc.constantFrom(...events), { maxLength: 40 }),
  })

  fc.assert(
    fc.property(walk, ({ start, events: happened }) => {
      let row = { status: start, enabled: start === 'active' }
      for (const event of happened) {
        const next = transition(row.status, event)
        const possible = availableEvents(row.status).includes(event)
        expect(next.code === undefined).toBe(possible)
        if (next.code === undefined) row = { status: next.status, enabled: next.enabled }
        expect(row.enabled).toBe(row.status !== 'inactive')
      }
    }),
    { numRuns: 2000 },
  )
})

test('effects occur only with a status in which their outcome has an effect', () => {
  const withEffects = cells
    .map(({ status, event }) => transition(status, event))
    .filter((next) => next.code === undefined && next.effects.length > 0)

  expect(new Set(withEffects.map(({ status }) => status))).toEqual(new Set(['active', 'pending']))
})
