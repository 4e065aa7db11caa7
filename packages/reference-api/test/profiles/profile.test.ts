import { type AppOptions, createApp, DEFAULT_USER, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { fieldsOf, send } from '../send.ts'
import { newJira } from './test-deviation.ts'

test('a profile has its own generation, and the app exposes both', () => {
  const apps = PROFILES.map((profile) => createApp({ profile }))

  expect(apps.map(({ profile, generation }) => [profile, generation])).toEqual([
    ['existing-legacy', 'legacy'],
    ['existing-refactored', 'current'],
    ['existing-latest', 'current'],
  ])
  expect(createApp().profile).toBe(undefined)
})

test('the generation of the profile may be passed too', () => {
  const app = createApp({ profile: 'existing-legacy', generation: 'legacy' })

  app.switchGeneration('legacy')

  expect(app.generation).toBe('legacy')
})

test.each<[AppOptions, string]>([
  [
    { profile: 'existing-legacy', generation: 'current' },
    'the generation of `existing-legacy` is `legacy`, not `current`',
  ],
  [
    { profile: 'existing-latest', generation: 'transitional' },
    'the generation of `existing-latest` is `current`, not `transitional`',
  ],
])('%j is a TypeError', (options, message) => {
  expect(() => createApp(options)).toThrow(new TypeError(message))
})

test('the generation of a profile cannot be switched', () => {
  const app = createApp({ profile: 'existing-refactored' })

  expect(() => app.switchGeneration('legacy')).toThrow(TypeError)
  expect(app.generation).toBe('current')
})

test('rows stay when an app switches to another profile and to the reference', async () => {
  const app = createApp({ profile: 'existing-legacy' })
  const path = '/integrations/00000000-0000-4000-8000-000000000001'

  await send(app, 'POST /integrations/', newJira({ isLegacy: true }))
  app.switchProfile('existing-latest')
  const [later, profile] = [await send(app, `GET ${path}`), app.profile]
  app.switchProfile(undefined)
  app.switchGeneration('transitional')
  const last = await send(app, `GET ${path}`)

  expect([profile, later.headers.has('API-Generation'), fieldsOf(later)['integration_type']]).toEqual([
    'existing-latest',
    false,
    undefined,
  ])
  expect(fieldsOf(later)).toMatchObject({ platform_name: 'jira', status: 'pending', enabled: true })
  expect([app.profile, last.headers.get('API-Generation'), fieldsOf(last)['is_enabled']]).toEqual([
    undefined,
    'transitional',
    true,
  ])
})

test('a request in progress keeps the profile in which it started', async () => {
  const started = Promise.withResolvers<void>()
  const outcome = Promise.withResolvers<{ outcome: 'passed' }>()
  const health = () => {
    started.resolve()
    return outcome.promise
  }
  const app = createApp({ profile: 'existing-refactored', health })
  const jira = newJira({ isLegacy: false }, { base_url: 'https://one.example.test' })
  await send(app, 'POST /integrations/', jira)

  const waiting = send(app, 'POST /integrations/00000000-0000-4000-8000-000000000001/test', {
    test_types: ['connection'],
  })
  await started.promise
  app.switchProfile(undefined)
  outcome.resolve({ outcome: 'passed' })
  const reply = await waiting

  expect([reply.headers.has('API-Generation'), fieldsOf(reply)['response_time_ms']]).toEqual([false, 0])
})

test('with an empty list of users every endpoint needs a token', async () => {
  const app = createApp({ profile: 'existing-legacy', users: [] })

  const reply = await send(app, 'GET /tickets/', undefined, { Authorization: `Bearer ${DEFAULT_USER.token}` })

  expect(reply.status).toBe(401)
})

test.each<[AppOptions, string]>([
  // As from a configuration file, without types.
  [
    JSON.parse('{"profile":"existing-c3"}'),
    '`profile` must be one of existing-legacy, existing-refactored, existing-latest; it is "existing-c3"',
  ],
  [
    { profile: 'existing-legacy', rateLimit: { limit: 0 } },
    '`rateLimit.limit` must be a whole number, at least 1; it is 0',
  ],
  [{ rateLimit: { window: 0.5 } }, '`rateLimit.window` must be a whole number, at least 1; it is 0.5'],
])('%j is a RangeError', (options, message) => {
  expect(() => createApp(options)).toThrow(new RangeError(message))
})
