import { integrationsOf, ticketsOf } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { type Database, queryOne } from '../database.ts'
import { type Finding, note } from './finding.ts'

// Measured with a million rows: 1.0 GB of WAL for 0.75 GB of integrations, and 0.4 GB for 0.15 GB of tickets.
const WAL_PER_BYTE = 2

/**
 * After a checkpoint, PostgreSQL keeps files of WAL for reuse, up to the smaller of two settings. Commits wait while it creates
 * others.
 */
export async function findWal(database: Database, schema: string): Promise<readonly Finding[]> {
  const sizes = [integrationsOf({ schema }), ticketsOf({ schema })].map(
    (table) =>
      `coalesce(pg_relation_size(to_regclass(${literal(table)})) + pg_indexes_size(to_regclass(${literal(table)})), 0)`,
  )
  const { megabytes, kept } = await queryOne<{ megabytes: number; kept: number }>(
    database,
    `SELECT ceil((${sizes.join(' + ')}) * ${WAL_PER_BYTE} / 1048576.0)::float8 AS megabytes, (least(pg_size_bytes(current_setting('min_wal_size')), pg_size_bytes(current_setting('max_wal_size'))) / 1048576)::float8 AS kept`,
  )
  return megabytes <= kept
    ? []
    : [
        note(
          `the migration writes about ${megabytes} MB of WAL, and the server keeps files for ${kept} MB, the smaller of min_wal_size and max_wal_size; PostgreSQL creates the other files while commits wait, about 0.1 s for each 16 MB; set both to at least ${megabytes}MB some days before`,
        ),
      ]
}
