import { sql } from 'kysely'
import { type SqlConnection, schemaDown, schemaStatus, schemaUp } from '../../src/index.ts'
import { restoreExistingColumns } from '../existing-columns.ts'

/**
 * The tables of the existing backend before the migration: without the columns and indexes of this server, with
 * `integration_type` and `is_enabled`.
 */
export async function createExistingSchema(db: SqlConnection): Promise<void> {
  await schemaUp(db)
  // The first step creates the tables of the existing backend, the others add to them.
  const steps = await schemaStatus(db)
  for (let left = steps.length; left > 1; left -= 1) await schemaDown(db)

  for (const statement of restoreExistingColumns) await sql.raw(statement).execute(db)
}
