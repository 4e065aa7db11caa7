import {
  type App,
  type AppOptions,
  createApp,
  createMemoryStore,
  type HealthCheckOutcome,
  type IntegrationRow,
  type Store,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { integrationRow, rowId } from './rows.ts'
import { send } from './send.ts'

const organization = integrationRow().organization_id
const minute = 60_000
const due = { checks_due_at: '2025-09-06T12:00:00.000000Z', due_checks: ['check_health'] } as const

interface CheckedApp {
  readonly app: App
  readonly store: Store
  readonly pass: (milliseconds: number) => void
  /** The checks so far: name and kind. */
  readonly checked: readonly string[]
  readonly row: () => Promise<IntegrationRow | undefined>
}

/** An app with one integration. Its checks have the given outcomes in turn; the last one repeats. */
async function withIntegration(
  fields: Partial<IntegrationRow>,
  outcomes: readonly HealthCheckOutcome['outcome'][],
  options: AppOptions = {},
): Promise<CheckedApp> {
  const { clock, pass } = handClock()
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), ...fields }))
  const checked: string[] = []
  const left = [...outcomes]
  const app = createApp({
    store,
    clock,
    health: async (kind, { name }) => {
      checked.push(`${name} ${kind}`)
      const outcome = (left.length > 1 ? left.shift() : left[0]) ?? 'passed'
      return { outcome }
    },
    ...options,
  })
  return { app, store, pass, checked, row: () => store.integrations.find(organization, rowId(1)) }
}

test('the checks of a status change run on the next call of runDueChecks, in order and once', async () => {
  const { app, checked, row } = await withIntegration({ status: 'inactive', enabled: false }, ['passed'])

  await send(app, `PATCH /integrations/${rowId(1)}/status`, { enabled: true })
  const before = [...checked]
  const ran = [await app.runDueChecks(), await app.runDueChecks()]

  expect([before, ran]).toEqual([[], [1, 0]])
  expect(checked).toEqual(['Stored validate_credentials', 'Stored check_health'])
  expect(await row()).toMatchObject({
    status: 'active',
    health_check_status: 'healthy',
    health_check_error: null,
    last_health_check_at: '2025-09-06T12:00:00.000000Z',
    checks_due_at: null,
    due_checks: [],
  })
})

test('replies show the result of checks', async () => {
  const { app } = await withIntegration({ ...due, status: 'pending' }, ['passed'])

  await app.runDueChecks()
  const { json } = await send(app, `GET /integrations/${rowId(1)}`)

  expect(json).toMatchObject({
    status: 'active',
    is_healthy: true,
    health_info: { status: 'healthy', last_check: '2025-09-06T12:00:00.000000Z', error_message: null },
  })
})

test('after refused credentials the health check does not run', async () => {
  const { app, checked } = await withIntegration({ ...due, due_checks: ['validate_credentials', 'check_health'] }, [
    'unauthorized',
  ])

  await app.runDueChecks()

  expect(checked).toEqual(['Stored validate_credentials'])
})

// Effects of an outcome

const outcomes: readonly (readonly [HealthCheckOutcome['outcome'], string, string, number, string, string | null])[] = [
  ['passed', 'pending', 'active', 0, 'healthy', null],
  ['passed', 'error', 'active', 0, 'healthy', null],
  ['passed', 'active', 'active', 0, 'healthy', null],
  ['passed', 'expired', 'expired', 0, 'healthy', null],
  ['passed', 'suspended', 'suspended', 0, 'healthy', null],
  ['passed', 'paused', 'paused', 0, 'healthy', null],
  ['failed', 'active', 'active', 2, 'unhealthy', 'the platform reports a failure'],
  ['unauthorized', 'active', 'expired', 2, 'unhealthy', 'the platform refuses the credentials'],
  ['unauthorized', 'suspended', 'suspended', 2, 'unhealthy', 'the platform refuses the credentials'],
  ['unauthorized', 'paused', 'paused', 2, 'unhealthy', 'the platform refuses the credentials'],
  ['rate_limited', 'active', 'active', 2, 'unknown', 'the rate limit of the platform is reached'],
  ['timeout', 'pending', 'pending', 2, 'unknown', 'the platform did not answer'],
  ['not_checked', 'pending', 'pending', 1, 'unknown', 'the platform was not checked'],
]

test.each(outcomes)(
  'a check that ends %s in %s leads to %s, %i failures, %s',
  async (outcome, status, next, failures, health, error) => {
    // One of them is a status that this version does not have.
    const fields = { ...due, status: status as IntegrationRow['status'], consecutive_failures: 1 }
    const { app, row } = await withIntegration(fields, [outcome])

    await app.runDueChecks()

    expect(await row()).toMatchObject({
      status: next,
      enabled: true,
      consecutive_failures: failures,
      health_check_status: health,
      health_check_error: error,
      last_health_check_at: '2025-09-06T12:00:00.000000Z',
    })
  },
)

test.each(['passed', 'failed'] as const)(
  'an active, disabled integration stays disabled after: %s',
  async (outcome) => {
    const { app, row } = await withIntegration({ ...due, enabled: false }, [outcome])

    await app.runDueChecks()

    expect(await row()).toMatchObject({ status: 'active', enabled: false, checks_due_at: null })
  },
)

// Thresholds

/** The status after each check. Each letter of `verdicts` is the outcome of one check; the checks are a minute apart. */
async function statuses(fields: Partial<IntegrationRow>, verdicts: string): Promise<readonly string[]> {
  const outcomes = { f: 'failed', p: 'passed', r: 'rate_limited', t: 'timeout', u: 'unauthorized' } as const
  const list = [...verdicts].map((letter) => outcomes[letter as keyof typeof outcomes])
  const { app, row, store, pass } = await withIntegration({ ...due, ...fields }, list)
  const seen: string[] = []
  while (seen.length < list.length) {
    await app.runDueChecks()
    const after = await row()
    if (after === undefined) throw new Error('the row is gone')
    seen.push(`${after.status} ${after.consecutive_failures}`)
    pass(minute)
    // A passed check is not due again, so the test makes the next one due.
    const next = { ...after, version: after.version + 1, checks_due_at: due.checks_due_at, due_checks: due.due_checks }
    await store.integrations.replace(next, after.version)
  }
  return seen
}

test.each([
  ['three failures in a row', { auto_disable_on_error: true }, 'fff', ['active 1', 'active 2', 'error 3']],
  ['a pass between them', { auto_disable_on_error: true }, 'ffpf', ['active 1', 'active 2', 'active 0', 'active 1']],
  ['without auto_disable_on_error', {}, 'ffff', ['active 1', 'active 2', 'active 3', 'active 4']],
  ['another threshold', { auto_disable_on_error: true, failure_threshold: 1 }, 'f', ['error 1']],
  ['rate limits only', { auto_disable_on_error: true }, 'rrrr', ['active 1', 'active 2', 'active 3', 'active 4']],
  ['timeouts only', { auto_disable_on_error: true }, 'tttt', ['active 1', 'active 2', 'active 3', 'active 4']],
  ['a failure after rate limits', { auto_disable_on_error: true }, 'rrf', ['active 1', 'active 2', 'error 3']],
  [
    'a rate limit after failures',
    { auto_disable_on_error: true },
    'ffrf',
    ['active 1', 'active 2', 'active 3', 'error 4'],
  ],
  ['refused credentials', { auto_disable_on_error: true }, 'u', ['expired 1']],
  ['an error that heals', { auto_disable_on_error: true, failure_threshold: 1 }, 'fp', ['error 1', 'active 0']],
] as const)('the status after %s', async (_, fields, verdicts, expected) => {
  expect(await statuses(fields, verdicts)).toEqual(expected)
})

// When checks are due again

test('a failed check is due again after the interval, a passed one is not', async () => {
  const { app, checked, pass } = await withIntegration(due, ['failed', 'passed'])

  const ran = [await app.runDueChecks()]
  pass(minute - 1)
  ran.push(await app.runDueChecks())
  pass(1)
  ran.push(await app.runDueChecks())
  pass(10 * minute)
  ran.push(await app.runDueChecks())

  expect(ran).toEqual([1, 0, 1, 0])
  expect(checked).toEqual(['Stored check_health', 'Stored check_health'])
})

test('the interval can be set', async () => {
  const { app, pass } = await withIntegration(due, ['timeout'], { checkInterval: 5 })

  const ran = [await app.runDueChecks()]
  pass(4)
  ran.push(await app.runDueChecks())
  pass(1)
  ran.push(await app.runDueChecks())

  expect(ran).toEqual([1, 0, 1])
})

test('a check that was not possible is due again after 60 intervals', async () => {
  const { app, pass } = await withIntegration(due, ['not_checked'])

  const ran = [await app.runDueChecks()]
  pass(60 * minute - 1)
  ran.push(await app.runDueChecks())
  pass(1)
  ran.push(await app.runDueChecks())

  expect(ran).toEqual([1, 0, 1])
})

test('eight checks run at a time, so that others do not wait for a slow platform', async () => {
  const { clock } = handClock()
  const store = createMemoryStore()
  for (let n = 1; n <= 20; n++) await store.integrations.insert(integrationRow({ ...due, id: rowId(n) }))
  let [running, most] = [0, 0]
  const eight = Promise.withResolvers<void>()
  const app = createApp({
    store,
    clock,
    health: async () => {
      most = Math.max(most, ++running)
      if (running === 8) eight.resolve()
      await eight.promise
      running--
      return { outcome: 'passed' }
    },
  })

  expect([await app.runDueChecks(), most]).toEqual([20, 8])
})

test('refused credentials are not checked again until the integration is changed', async () => {
  const { app, checked, pass } = await withIntegration({ ...due, platform_name: 'hubspot' }, ['unauthorized', 'passed'])

  await app.runDueChecks()
  pass(minute)
  const idle = await app.runDueChecks()
  await send(app, `PUT /integrations/${rowId(1)}`, { credentials: { api_key: 'new' } })
  const again = await app.runDueChecks()

  expect([idle, again]).toEqual([0, 1])
  expect(checked).toEqual(['Stored check_health', 'Stored validate_credentials', 'Stored check_health'])
})

test('a disabled or deleted integration is not checked', async () => {
  const disabled = await withIntegration(due, ['failed'])
  const deleted = await withIntegration(due, ['failed'])
  await disabled.app.runDueChecks()
  await deleted.app.runDueChecks()

  await send(disabled.app, `PATCH /integrations/${rowId(1)}/status`, { enabled: false })
  await send(deleted.app, `DELETE /integrations/${rowId(1)}`)
  disabled.pass(minute)
  deleted.pass(minute)

  expect([await disabled.app.runDueChecks(), await deleted.app.runDueChecks()]).toEqual([0, 0])
  expect([disabled.checked.length, deleted.checked.length]).toEqual([1, 1])
})

test('integrations of all organizations are checked, the longest due first', async () => {
  const { app, store, checked } = await withIntegration(
    { ...due, name: 'B', checks_due_at: '2025-09-06T11:00:00.000000Z' },
    ['passed'],
  )
  const other = { organization_id: '20000000-0000-4000-8000-000000000002', due_checks: due.due_checks }
  await store.integrations.insert(
    integrationRow({ ...other, id: rowId(2), name: 'A', checks_due_at: '2025-09-06T10:00:00.000000Z' }),
  )
  await store.integrations.insert(
    integrationRow({ ...other, id: rowId(3), name: 'C', checks_due_at: '2025-09-06T12:00:00.001000Z' }),
  )

  const ran = await app.runDueChecks()

  expect([ran, checked]).toEqual([2, ['A check_health', 'B check_health']])
})

// Changes during a check

/** An app with one due integration; `meanwhile` runs during its check. */
async function interrupted(
  outcome: HealthCheckOutcome['outcome'],
  meanwhile: (app: App) => Promise<unknown>,
): Promise<CheckedApp> {
  const it: CheckedApp = await withIntegration({ ...due, consecutive_failures: 2, auto_disable_on_error: true }, [], {
    health: async () => {
      if (!done) await meanwhile(it.app)
      done = true
      return { outcome }
    },
  })
  let done = false
  await it.app.runDueChecks()
  return it
}

test('an integration deleted during its check stays as it was', async () => {
  const { row } = await interrupted('unauthorized', (app) => send(app, `DELETE /integrations/${rowId(1)}`))

  expect(await row()).toMatchObject({
    status: 'active',
    deleted_at: '2025-09-06T12:00:00.000000Z',
    health_check_status: null,
    consecutive_failures: 2,
  })
})

test('an integration changed during its check is checked again, and the first outcome is dropped', async () => {
  const { app, row, pass } = await interrupted('failed', (api) =>
    send(api, `PUT /integrations/${rowId(1)}`, { base_url: 'https://other.example.test' }),
  )

  const first = await row()
  pass(minute)
  await app.runDueChecks()

  expect(first).toMatchObject({ status: 'active', health_check_status: null, consecutive_failures: 2 })
  expect(await row()).toMatchObject({ status: 'error', health_check_status: 'unhealthy', consecutive_failures: 3 })
})

test('an integration disabled during its check stays inactive', async () => {
  const { app, row, pass } = await interrupted('passed', (api) =>
    send(api, `PATCH /integrations/${rowId(1)}/status`, { enabled: false }),
  )
  pass(minute)

  expect(await app.runDueChecks()).toBe(0)
  expect(await row()).toMatchObject({ status: 'inactive', enabled: false, health_check_status: null })
})

test('a counter that moves during a check does not drop the outcome', async () => {
  const { row } = await interrupted('failed', (app) =>
    send(app, 'POST /tickets/', { title: 'T', description: 'D', integration_id: rowId(1) }),
  )

  // The ticket was filed, so the failed check is the first failure again.
  expect(await row()).toMatchObject({ status: 'active', total_requests: 1, consecutive_failures: 1 })
})

test('two simultaneous runs check each integration once', async () => {
  const { app, store, checked } = await withIntegration({ ...due, name: 'A' }, ['passed'])
  await store.integrations.insert(integrationRow({ ...due, id: rowId(2), name: 'B' }))

  const ran = await Promise.all([app.runDueChecks(), app.runDueChecks()])

  expect(ran[0] + ran[1]).toBe(2)
  expect(checked.toSorted()).toEqual(['A check_health', 'B check_health'])
})

test('a check that throws counts as a timeout and is reported', async () => {
  const reported: unknown[] = []
  const { app, row } = await withIntegration({ ...due, auto_disable_on_error: true, failure_threshold: 1 }, [], {
    health: async () => {
      throw new Error('no network')
    },
    onError: (error, about) => reported.push([error, about]),
  })

  const ran = await app.runDueChecks()

  expect(ran).toBe(1)
  expect(await row()).toMatchObject({
    status: 'active',
    consecutive_failures: 1,
    health_check_error: 'the platform did not answer',
  })
  expect(reported).toEqual([[new Error('no network'), { requestId: 'due-checks' }]])
})

test('a row that the store cannot write does not stop the other checks', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ ...due, id: rowId(1) }))
  await store.integrations.insert(integrationRow({ ...due, id: rowId(2) }))
  const replace: Store['integrations']['replace'] = async (row, version) => {
    if (row.id === rowId(1)) throw new Error('disk full')
    return store.integrations.replace(row, version)
  }
  const reported: unknown[] = []
  const app = createApp({
    store: { ...store, integrations: { ...store.integrations, replace } },
    onError: (error) => reported.push(error),
  })

  const ran = await app.runDueChecks()

  expect([ran, reported]).toEqual([1, [new Error('disk full')]])
})

test('a store that cannot list due checks is reported, and runDueChecks does not reject', async () => {
  const reported: unknown[] = []
  const store = createMemoryStore()
  const fail = async (): Promise<never> => {
    throw new Error('no connection')
  }
  const app = createApp({
    store: { ...store, integrations: { ...store.integrations, listDueChecks: fail } },
    onError: (error, about) => reported.push([error, about]),
  })

  const ran = await app.runDueChecks()

  expect([ran, reported]).toEqual([0, [[new Error('no connection'), { requestId: 'due-checks' }]]])
})

// Effects on ETag and updated_at

test('a check changes ETag and updated_at only when it changes the status', async () => {
  const { app, pass } = await withIntegration({ ...due, consecutive_failures: 1, auto_disable_on_error: true }, [
    'failed',
  ])
  const path = `/integrations/${rowId(1)}`
  const seen: unknown[] = []

  for (let n = 0; n < 2; n++) {
    await app.runDueChecks()
    const { headers, json } = await send(app, `GET ${path}`)
    seen.push([headers.get('ETag'), json])
    pass(minute)
  }

  expect(seen).toMatchObject([
    ['"1"', { status: 'active', updated_at: '2025-09-01T08:00:00.000000Z', health_info: { status: 'unhealthy' } }],
    ['"2"', { status: 'error', updated_at: '2025-09-06T12:01:00.000000Z' }],
  ])
})

test('a passed check that changes no status changes no ETag', async () => {
  const { app } = await withIntegration(due, ['passed'])

  await app.runDueChecks()
  const { headers, json } = await send(app, `GET /integrations/${rowId(1)}`)

  expect([headers.get('ETag'), json]).toMatchObject(['"1"', { updated_at: '2025-09-01T08:00:00.000000Z' }])
})

test('If-Match still holds after a check, but not after a check that changed the status', async () => {
  const { app, pass } = await withIntegration({ ...due, consecutive_failures: 1, auto_disable_on_error: true }, [
    'failed',
  ])
  const write = (tag: string) => send(app, `PUT /integrations/${rowId(1)}`, { region: 'eu' }, { 'If-Match': tag })

  await app.runDueChecks()
  const counted = await write('"1"')
  pass(minute)
  await app.runDueChecks()
  const moved = await write('"2"')

  expect([counted.status, moved.status, moved.headers.get('ETag')]).toEqual([200, 412, '"3"'])
})
