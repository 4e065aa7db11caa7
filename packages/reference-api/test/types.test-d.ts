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

test('an app is a function from request to reply', () => {
  expectTypeOf(createApp).returns.toEqualTypeOf<App>()
  expectTypeOf<App['fetch']>().toEqualTypeOf<(request: Request) => Promise<Response>>()
  expectTypeOf<App['switchGeneration']>().parameters.toEqualTypeOf<[Generation]>()
})

test('every option can be left out', () => {
  expectTypeOf(createApp).parameters.toEqualTypeOf<[options?: AppOptions | undefined]>()
  assertType<AppOptions>({})
})

test('a generation is one of three', () => {
  // @ts-expect-error: a profile is no generation
  createApp({ generation: 'existing-refactored' })
})

test('people are a list or a directory', () => {
  expectTypeOf<NonNullable<AppOptions['users']>>().toEqualTypeOf<readonly AppUser[] | UserDirectory>()
})

test('a check has one of five outcomes', () => {
  createApp({ health: async () => ({ outcome: 'unauthorized', message: 'revoked' }) })
  // @ts-expect-error: what is unknown is a timeout
  createApp({ health: async () => ({ outcome: 'unknown' }) })
})

test('a guide is made of a change', () => {
  expectTypeOf<NonNullable<AppOptions['guide']>>().toEqualTypeOf<(change: Change) => string>()
})

test('a platform answers in one of four ways', () => {
  expectTypeOf<ExternalOutcome['outcome']>().toEqualTypeOf<'created' | 'refused' | 'unknown' | 'not_supported'>()
  // @ts-expect-error: a ticket that was created has an id
  assertType<ExternalTickets>(async () => ({ outcome: 'created', url: null }))
})

test('the store in memory is a store', () => {
  expectTypeOf(createMemoryStore).returns.toEqualTypeOf<Store>()
})

test('a row can not be changed in place', () => {
  const rename = (row: IntegrationRow) => {
    // @ts-expect-error: rows are replaced
    row.name = 'B'
  }
  expectTypeOf(rename).returns.toBeVoid()
})

test('a profile is one of three ages, and a deviation says whose it is', () => {
  // @ts-expect-error: there is no third refactored age
  createApp({ profile: 'existing-c3' })
  expectTypeOf<App['profile']>().toEqualTypeOf<Profile | undefined>()
  expectTypeOf<Deviation['profiles']>().toEqualTypeOf<readonly Profile[]>()
})
