// Runs on PGlite too. `npm run test:deep -- databases` runs it with more requests.
import type { AppUser } from '@ai-ticket-creator/reference-api'
import { createSqlStore, schemaUp } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { describeFuzz } from '../../../reference-api/test/fuzz-suite.ts'
import { describeOrganizationWalks } from '../../../reference-api/test/organizations-walk-suite.ts'
import { resetRows, someSecrets } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)
// A newer version may have added a status.
await sql`alter type integrationstatus add value 'migrating'`.execute(database.sql)
afterAll(() => database.close())

async function createStore(users: readonly AppUser[] = []) {
  await resetRows(database.sql)
  for (const user of users) await insertUser(user)
  return createSqlStore(database, someSecrets())
}

async function insertUser({ id, organization_id, email }: AppUser): Promise<void> {
  await sql`insert into organizations (id, name) values (${organization_id}, ${email})`.execute(database.sql)
  await sql`insert into users (id, organization_id, email) values (${id}, ${organization_id}, ${email})`.execute(
    database.sql,
  )
}

describeFuzz(database.kind, () => createStore())
describeOrganizationWalks(database.kind, createStore)
