import { sql } from 'kysely'
import { type MigrationInfo, Migrator } from 'kysely/migration'
import type { SqlConnection } from '../database/database.ts'
import { lockSchema } from '../database/transaction-lock-dialect.ts'
import { existingTables } from './steps/001-existing-tables.ts'
import { ownColumns } from './steps/002-own-columns.ts'
import { ownTables } from './steps/003-own-tables.ts'
import { settings } from './steps/004-settings.ts'
import { deprecations } from './steps/005-deprecations.ts'

const steps = {
  '001-existing-tables': existingTables,
  '002-own-columns': ownColumns,
  '003-own-tables': ownTables,
  '004-settings': settings,
  '005-deprecations': deprecations,
}

/** A step of the schema, and when it was applied. */
export interface SchemaStep {
  readonly name: string
  readonly appliedAt: Date | undefined
}

/** All steps in their order. */
export async function schemaStatus(db: SqlConnection): Promise<readonly SchemaStep[]> {
  const infos = await migratorOf(db).getMigrations()
  return infos.map(({ name, executedAt }: MigrationInfo) => ({ name, appliedAt: executedAt }))
}

/** Applies the steps that are missing; returns their names. If several processes call it, one of them applies the steps. */
export const schemaUp = async (db: SqlConnection): Promise<readonly string[]> =>
  (await isUp(db)) ? [] : run(db, (migrator) => migrator.migrateToLatest())

/** Takes back the last step; returns its name, if there was one. */
export const schemaDown = (db: SqlConnection): Promise<readonly string[]> =>
  run(db, (migrator) => migrator.migrateDown())

/** Whether exactly these steps are applied. The migrator would read the whole catalog, a third of a second with PGlite. */
async function isUp(db: SqlConnection): Promise<boolean> {
  const { rows } = await sql`select where to_regclass(${STEPS_TABLE}) is not null`.execute(db)
  if (rows.length === 0) return false
  const applied = await sql<{
    readonly name: string
  }>`select name from ${sql.table(STEPS_TABLE)} order by name`.execute(db)
  return applied.rows.map(({ name }) => name).join() === Object.keys(steps).join()
}

const STEPS_TABLE = 'server_schema_steps'

const migratorOf = (db: SqlConnection): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => steps },
    migrationTableName: STEPS_TABLE,
    migrationLockTableName: 'server_schema_lock',
  })

type Migrate = (migrator: Migrator) => ReturnType<Migrator['migrateToLatest']>

/** Takes the lock first, so that only one process creates the tables of the migrator. The transaction releases it. */
const run = (db: SqlConnection, migrate: Migrate): Promise<readonly string[]> =>
  db.transaction().execute(async (transaction) => {
    await lockSchema(transaction)
    const { error, results = [] } = await migrate(migratorOf(transaction))
    if (error !== undefined) throw error
    return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
  })
