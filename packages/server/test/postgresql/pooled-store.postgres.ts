import { createDatabase, requireServer, startPooler } from '@ai-ticket-creator/test-postgresql'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { describeStore } from '../../../reference-api/test/store-conformance.ts'
import { createSqlStore, openPostgresql, schemaUp } from '../../src/index.ts'
import { resetRows, someSecrets } from '../database.ts'

const serverUrl = requireServer()
const pooler = await startPooler(serverUrl)
const database = openPostgresql(pooler.urlOf(await createDatabase(serverUrl)), { maxConnections: 8 })
await schemaUp(database.sql)
// A newer version may have added a status.
await sql`alter type ticketstatus add value 'parked'`.execute(database.sql)
afterAll(async () => {
  await database.close()
  await pooler.stop()
})

describeStore('SQL behind PgBouncer', async () => {
  await resetRows(database.sql)
  return createSqlStore(database, someSecrets())
})
