import type { Change, Generation } from '@ai-ticket-creator/domain'
import {
  type App,
  type AppOptions,
  type AppUser,
  createApp,
  createMemoryStore,
  type Deviation,
  type ExternalOutcome,
  type ExternalTickets,
  type IntegrationRow,
  type Profile,
  type Store,
  type UserDirectory,
} from '@ai-ticket-creator/reference-api'
import { assertType, expectTypeOf, test } from 'vitest'

test('an app is a function from request to response', () => {
  expectTypeOf(createApp).returns.toEqualTypeOf<App>()
  expectTypeOf<App['fetch']>().toEqualTypeOf<(request: Request) => Promise<Response>>()
  expectTypeOf<App['switchGeneration']>().parameters.toEqualTypeOf<[Generation]>()
})

test('every option is optional', () => {
  expectTypeOf(createApp).parameters.toEqualTypeOf<[options?: AppOptions | undefined]>()
  assertType<AppOptions>({})
})

test('a generation is one of three', () => {
  // @ts-expect-error: a profile is not a generation
  createApp({ generation: 'existing-refactored' })
})

test('users are a list or a directory', () => {
  expectTypeOf<NonNullable<AppOptions['users']>>().toEqualTypeOf<readonly AppUser[] | UserDirectory>()
})

test('a check has one of five outcomes', () => {
  createApp({ health: async () => ({ outcome: 'unauthorized', message: 'revoked' }) })
  // @ts-expect-error: an unknown outcome is a timeout
  createApp({ health: async () => ({ outcome: 'unknown' }) })
})

test('guide gets a change', () => {
  expectTypeOf<NonNullable<AppOptions['guide']>>().toEqualTypeOf<(change: Change) => string>()
})

test('filing has one of five outcomes', () => {
  expectTypeOf<ExternalOutcome['outcome']>().toEqualTypeOf<
    'created' | 'refused' | 'not_sent' | 'unknown' | 'not_supported'
  >()
  // @ts-expect-error: a ticket that was created has an id
  assertType<ExternalTickets>(async () => ({ outcome: 'created', url: null }))
})

test('createMemoryStore returns a Store', () => {
  expectTypeOf(createMemoryStore).returns.toEqualTypeOf<Store>()
})

test('rows are read-only', () => {
  const rename = (row: IntegrationRow) => {
    // @ts-expect-error: rows are replaced
    row.name = 'B'
  }
  expectTypeOf(rename).returns.toBeVoid()
})

test('there are three profiles, and a deviation lists its profiles', () => {
  // @ts-expect-error: no such profile
  createApp({ profile: 'existing-c3' })
  expectTypeOf<App['profile']>().toEqualTypeOf<Profile | undefined>()
  expectTypeOf<Deviation['profiles']>().toEqualTypeOf<readonly Profile[]>()
})
