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
  htmlResponse,
  rateLimited,
  switchGeneration,
  type TestApiOptions,
} from '../../src/index.ts'
import { refuseOldMsw } from '../../src/mock/msw-handler.ts'

// Mistakes that the compiler reports in TypeScript must be reported at run time in JavaScript. The casts stand for such code.
describe('a fault rule', () => {
  test.each<[string, object, string]>([
    ['a fault that was not called', { fault: dropResponse }, '`fault` must be a fault, such as `dropResponse()`'],
    ['no fault', { endpoint: 'tickets.create' }, '`fault` must be a fault, such as `dropResponse()`'],
    [
      'an unknown key',
      { fault: dropResponse(), time: 1 },
      '`time` is not a key of a fault rule; allowed are fault, endpoint, when, times, probability',
    ],
  ])('%s is refused', (_, rule, message) => {
    const { faults } = createTestApi()

    expect(() => faults.add(rule as FaultRule)).toThrow(new RangeError(message))

    expect(faults.list()).toEqual([])
  })

  test('an unknown endpoint is refused, and the error lists the endpoints', () => {
    const rule = { endpoint: 'ticket.create', fault: dropResponse() }

    expect(() => createTestApi().faults.add(rule as never)).toThrow(
      /^`endpoint`: the contract has no `ticket.create`; allowed are .*tickets\.create/,
    )
  })
})

test.each([
  ['a status', () => errorResponse(200), '`errorResponse` takes a status from 400 to 599, not 200'],
  ...[700, 204, 304, 199, 200.5].map((status): [string, () => unknown, string] => [
    `the status ${status} of a page`,
    () => htmlResponse(status),
    `\`htmlResponse\` takes a status from 200 to 599 that has a body, not ${status}`,
  ]),
  ...['späť', 'one\ntwo', new Date('soon'), Number.NaN].map((retryAfter): [string, () => unknown, string] => [
    'a `Retry-After`',
    () => rateLimited({ retryAfter }),
    '`rateLimited`: `retryAfter` must be a number, a valid date, or a text of the characters of a header',
  ]),
  ['a time', () => delayResponse('1s' as never), '`delayResponse` takes milliseconds, 0 or more'],
  ['a negative time', () => delayResponse(-1), '`delayResponse` takes milliseconds, 0 or more'],
  [
    'a generation',
    () => switchGeneration('new' as never),
    '`switchGeneration`: there is no generation `new`; allowed are legacy, transitional, current',
  ],
])('%s that is invalid is refused when the fault is created', (_, make, message) => {
  expect(make).toThrow(new RangeError(message))
})

test('an unknown edge case of a rate limit is refused, and the error lists the edge cases', () => {
  expect(() => rateLimited('tomorrow' as never)).toThrow(
    /^`rateLimited` has no edge case `tomorrow`; allowed are far future, negative/,
  )
})

test('an unknown code is refused, and the error lists the codes', () => {
  expect(() => errorResponse('not_fund' as never)).toThrow(
    /^`errorResponse`: there is no code `not_fund`; allowed are .*not_found/,
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
])('%s that is unknown is refused when the API is created', (_, options, message) => {
  expect(() => createTestApi(options as TestApiOptions)).toThrow(new RangeError(message))
})

test('the API does not switch to an unknown generation', () => {
  const api = createTestApi({ generation: 'legacy' })

  expect(() => api.switchGeneration('curent' as never)).toThrow(RangeError)

  expect(api.generation).toBe('legacy')
})

describe('fields', () => {
  test('an old name of a row is refused with its replacement, and no row is stored', async () => {
    const api = createTestApi()

    await expect(api.seed.integration({ is_enabled: false } as object)).rejects.toThrow(
      new RangeError('`is_enabled` is an old name; use `enabled`'),
    )
    await expect(api.seed.ticket({ file_ids: [] } as object)).rejects.toThrow(
      /^`file_ids` is not a field; allowed are id, /,
    )

    expect(await api.fetch(`${api.baseUrl}/api/v1/integrations/`, bearer(api.token)).then(json)).toEqual([])
  })

  test.each([
    ['an integration', () => anIntegration({ nam: 'Typo' } as object), /^`nam` is not a field; allowed are id, /],
    [
      'an integration',
      () => anIntegration({ integration_type: 'slack' } as object),
      /^`integration_type` is an old name; use `platform_name`$/,
    ],
    ['a ticket', () => aTicket({ assignee: null } as object), /^`assignee` is an old name; use `assigned_to_id`$/],
    [
      'a legacy integration',
      () => aLegacyIntegration({ enabled: false } as object),
      /^`enabled` is not a field; allowed are id, /,
    ],
    [
      'a legacy ticket',
      () => aLegacyTicket({ assigned_to: 'x' } as object),
      /^`assigned_to` is not a field; allowed are id, /,
    ],
  ])('a field that %s does not have is refused', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

test('MSW 2 is refused, because it would let requests leave the process', () => {
  const oldExports = { http: {}, onUnhandledRequest: () => {} }

  expect(() => refuseOldMsw(oldExports)).toThrow(/^MSW 2 is installed, .* install msw@3, on Node 22\.12 or newer$/)
})

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
const json = (reply: Response): Promise<unknown> => reply.json()
