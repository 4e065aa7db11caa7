import { type AppOptions, createApp } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

// Invalid options are refused when the app is created, not at the first request that uses them.

const noNumbers = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]

test.each<[string, (value: number) => AppOptions, number]>([
  ['checkInterval', (checkInterval) => ({ checkInterval }), 1],
  ['bodyLimit', (bodyLimit) => ({ bodyLimit }), 1],
  ['idempotency.retention', (retention) => ({ idempotency: { retention } }), 1],
  ['idempotency.waitTimeout', (patience) => ({ idempotency: { waitTimeout: patience } }), 0],
])('%s must be a whole number', (name, optionsOf, min) => {
  for (const wrong of [...noNumbers, min - 1])
    expect(() => createApp(optionsOf(wrong))).toThrow(
      new RangeError(`\`${name}\` must be a whole number, at least ${min}; it is ${wrong}`),
    )
  expect(() => createApp(optionsOf(min))).not.toThrow()
})

test('a number as a text is refused without the text', () => {
  // Callers without TypeScript may pass anything.
  const options = { bodyLimit: '1024' } as unknown as AppOptions

  expect(() => createApp(options)).toThrow(
    new RangeError('`bodyLimit` must be a whole number, at least 1; it is of type string'),
  )
})

test.each([
  [{ rateLimit: { limits: 5 } }, '`rateLimit.limits` is not an option; options are limit, window'],
  [
    { idempotency: { leases: 5 } },
    '`idempotency.leases` is not an option; options are retention, lease, waitTimeout, sleep',
  ],
])('the unknown member in %j is refused', (options, message) => {
  expect(() => createApp(options as AppOptions)).toThrow(new RangeError(message))
})

test('sunset must be a valid date', () => {
  expect(() => createApp({ sunset: new Date('soon') })).toThrow(new RangeError('`sunset` must be a valid date'))
})

test.each(['', 'https://docs.example.test/€', 'https://docs.example.test/a b', 'https://docs.example.test/>'])(
  'the guide URL %j is refused when the app is created',
  (address) => {
    expect(() => createApp({ guide: () => address })).toThrow(
      new RangeError('`guide` must give a URL for is-enabled-to-enabled, percent-encoded where it is not ASCII'),
    )
  },
)

test('an unknown generation or option is refused', () => {
  expect(() => createApp({ generation: 'curent' as never })).toThrow(
    new RangeError('`generation` must be one of legacy, transitional, current; it is "curent"'),
  )
  expect(() => createApp({ genration: 'legacy' } as AppOptions)).toThrow(new RangeError('`genration` is not an option'))
})

test('switching to an unknown generation is refused', () => {
  const app = createApp({ generation: 'legacy' })

  expect(() => app.switchGeneration('curent' as never)).toThrow(RangeError)

  expect(app.generation).toBe('legacy')
})
