import type { Store, UserDirectory } from '@ai-ticket-creator/reference-api'
import { createSqlStore, createSqlUserDirectory, type openPglite, type openPostgresql } from '@ai-ticket-creator/server'
import { expectTypeOf, test } from 'vitest'

test('the store and the users fit the options of the app', () => {
  expectTypeOf(createSqlStore).returns.toEqualTypeOf<Store>()
  expectTypeOf(createSqlUserDirectory).returns.toEqualTypeOf<UserDirectory>()
})

test('both databases are used in the same way', () => {
  expectTypeOf<Awaited<ReturnType<typeof openPglite>>>().toEqualTypeOf<ReturnType<typeof openPostgresql>>()
})
