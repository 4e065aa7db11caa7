import type { PGlite } from '@electric-sql/pglite'
import { expectTypeOf, test } from 'vitest'
import type { Connection, Database } from '../src/index.ts'

test('PGlite and a connection to a server are databases', () => {
  expectTypeOf<PGlite>().toExtend<Database>()
  expectTypeOf<Connection>().toExtend<Database>()
})
