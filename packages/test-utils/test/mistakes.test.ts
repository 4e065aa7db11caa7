import { describe, expect, test } from 'vitest'
import {
  aLegacyIntegration,
  aLegacyTicket,
  anIntegration,
  aTicket,
  createTestApi,
  delayResponse,
  dropResponse,
  errorResponse,
  type FaultRule,
  switchGeneration,
  type TestApiOptions,
} from '../src/index.ts'
import { refuseOldMsw } from '../src/mock/msw-handler.ts'

// What the compiler says to TypeScript. Whoever writes JavaScript has to hear it as well: `never` stands for what they wrote.
describe('a rule of a fault', () => {
  test.each<[string, object, string]>([
    ['a fault that was not called', { fault: dropResponse }, '`fault` must be a fault, such as `loseAnswer()`'],
    ['no fault', { endpoint: 'tickets.create' }, '`fault` must be a fault, such as `loseAnswer()`'],
    [
      'a word that no rule has',
      { fault: dropResponse(), time: 1 },
      '`time` is not a part of a rule; there are fault, endpoint, when, times, probability',
    ],
  ])('%s is told', (_, rule, message) => {
    const { faults } = createTestApi()

    expect(() => faults.add(rule as FaultRule)).toThrow(new RangeError(message))

    expect(faults.list()).toEqual([])
  })

  test('an endpoint that is not there is told, with those that are', () => {
    const rule = { endpoint: 'ticket.create', fault: dropResponse() }

    expect(() => createTestApi().faults.add(rule as never)).toThrow(
      /^`endpoint`: the contract has no `ticket.create`; there are .*tickets\.create/,
    )
  })
})

test.each([
  ['a status', () => errorResponse(200), '`failWith` takes a status from 400 to 599, not 200'],
  ['a time', () => delayResponse('1s' as never), '`answerSlowly` takes milliseconds, 0 or more'],
  ['a time before now', () => delayResponse(-1), '`answerSlowly` takes milliseconds, 0 or more'],
  [
    'a generation',
    () => switchGeneration('new' as never),
    '`flipGeneration` takes a generation, not `new`; there are legacy, transitional, current',
  ],
])('%s that can not be is told when the fault is made', (_, make, message) => {
  expect(make).toThrow(new RangeError(message))
})

test('a code that is not there is told, with those that are', () => {
  expect(() => errorResponse('not_fund' as never)).toThrow(
    /^`failWith` takes a code of `problems`, not `not_fund`; there are .*not_found/,
  )
})

test.each<[string, object, string]>([
  [
    'a generation',
    { generation: 'curent' },
    '`generation` must be one of legacy, transitional, current; it is "curent"',
  ],
  ['a clock', { clock: '2026-01-01' }, '`clock` must be a `testClock()`'],
  ['an option', { genration: 'legacy' }, '`genration` is not an option'],
])('%s that is not known is told when the API is made', (_, options, message) => {
  expect(() => createTestApi(options as TestApiOptions)).toThrow(new RangeError(message))
})

test('the API does not move on to a generation that is not known', () => {
  const api = createTestApi({ generation: 'legacy' })

  expect(() => api.switchGeneration('curent' as never)).toThrow(RangeError)

  expect(api.generation).toBe('legacy')
})

describe('fields', () => {
  test('an old name of a row is told, with the new one, and no row is put in', async () => {
    const api = createTestApi()

    await expect(api.seed.integration({ is_enabled: false } as object)).rejects.toThrow(
      new RangeError('`is_enabled` is an old name; use `enabled`'),
    )
    await expect(api.seed.ticket({ file_ids: [] } as object)).rejects.toThrow(
      /^`file_ids` is not a field; there are id, /,
    )

    expect(await api.fetch(`${api.baseUrl}/api/v1/integrations/`, bearer(api.token)).then(json)).toEqual([])
  })

  test.each([
    ['an integration', () => anIntegration({ nam: 'Typo' } as object), /^`nam` is not a field; there are id, /],
    [
      'an integration',
      () => anIntegration({ integration_type: 'slack' } as object),
      /^`integration_type` is an old name; use `platform_name`$/,
    ],
    ['a ticket', () => aTicket({ assignee: null } as object), /^`assignee` is an old name; use `assigned_to_id`$/],
    [
      'a legacy integration',
      () => aLegacyIntegration({ enabled: false } as object),
      /^`enabled` is not a field; there are id, /,
    ],
    [
      'a legacy ticket',
      () => aLegacyTicket({ assigned_to: 'x' } as object),
      /^`assigned_to` is not a field; there are id, /,
    ],
  ])('one that %s does not have is told', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

test('MSW 2 is refused: it would let requests out', () => {
  const oldExports = { http: {}, onUnhandledRequest: () => {} }

  expect(() => refuseOldMsw(oldExports)).toThrow(/^MSW 2 is installed, .* install msw@3, on Node 22\.12 or newer$/)
})

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
const json = (reply: Response): Promise<unknown> => reply.json()
