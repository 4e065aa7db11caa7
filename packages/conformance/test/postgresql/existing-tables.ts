import type { Connection } from '@ai-ticket-creator/migrate'
import { openPostgresql, schemaDown, schemaUp } from '@ai-ticket-creator/server'
import { restoreExistingColumns } from '../../../server/test/existing-columns.ts'

/**
 * Creates the tables of the existing backend before its refactor, as docs/existing-backend.md describes them. The server creates
 * those after it; here its new columns become the old ones again.
 */
export async function createExistingTables(url: string, connection: Connection): Promise<void> {
  const database = openPostgresql(url, { maxConnections: 1 })
  const steps = await schemaUp(database.sql)
  for (let left = steps.length; left > 1; left--) await schemaDown(database.sql)
  await database.close()

  for (const statement of [
    'DROP TABLE server_schema_steps, server_schema_lock',
    ...['organizations', 'users', 'integrations', 'tickets'].map((table) => `COMMENT ON TABLE ${table} IS NULL`),
    ...restoreExistingColumns,
    'DROP TYPE integrationcategory',
    'ALTER TABLE tickets DROP COLUMN organization_id, DROP COLUMN integration_id, ADD COLUMN integration_routing varchar(100)',
    'CREATE INDEX ix_tickets_integration_routing ON tickets (integration_routing)',
  ])
    await connection.query(statement)
}

/** Columns, indexes, constraints, triggers and functions, as sorted lines. */
export async function readCatalog(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.query<{ line: string }>(
    `SELECT format('column %s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) AS line FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}
