import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { describeStore } from '../../reference-api/test/store-conformance.ts'
import { schemaUp } from '../src/schema/schema.ts'
import { createSqlStore } from '../src/store/sql-store.ts'
import { resetRows, someSecrets } from './database.ts'
import { openDatabase } from './open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)
// A newer version may have added it.
await sql`alter type ticketstatus add value 'parked'`.execute(database.sql)

afterAll(() => database.close())

describeStore('SQL', async () => {
  await resetRows(database.sql)
  return createSqlStore(database, someSecrets())
})
