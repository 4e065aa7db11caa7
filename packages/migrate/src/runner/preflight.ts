import { type Column, columnOf, integrationsOf, NEW_COLUMNS, readColumns, readLabels } from '../catalog/facts.ts'
import { isMapped } from '../catalog/mapping.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Database, queryOne } from '../database.ts'
import { dependentViews } from '../steps/retire.ts'
import { type Finding, note, stop } from './finding.ts'
import { findRights } from './preflight-rights.ts'
import { findTicketSize, findWrongTickets } from './preflight-tickets.ts'
import { findWal } from './preflight-wal.ts'

/** Checks the database, and changes nothing. Every finding that stops the migration states what to do about it. */
export async function preflight(database: Database, schema: string): Promise<readonly Finding[]> {
  const table = integrationsOf({ schema })
  const columns = await readColumns(database, table)
  const stops = await findWrongTable(database, table, columns)
  if (stops.length > 0) return stops
  const rights = await findRights(database, schema)
  if (rights.length > 0) return rights

  return [
    ...(await findWrongTickets(database, schema)),
    ...(await findUnknownTypes(database, table, columnOf(columns, 'integration_type'))),
    ...(await findLongTransactions(database)),
    ...(await findDependents(database, schema)),
    ...(await findDuplicateNames(database, table, columns)),
    ...(await findSize(database, table)),
    ...(await findTicketSize(database, schema)),
    ...(await findWal(database, schema)),
    ...findRevision(columns),
  ]
}

async function findWrongTable(
  database: Database,
  table: string,
  columns: ReadonlyMap<string, Column>,
): Promise<readonly Finding[]> {
  const { version } = await queryOne<{ version: number }>(
    database,
    "SELECT current_setting('server_version_num')::int AS version",
  )
  if (version < 150_000)
    return [stop(`PostgreSQL ${Math.floor(version / 10_000)} is too old; the migration needs 15 or later`)]
  if (columns.size === 0) return [stop(`there is no table ${table}; give the schema with --schema`)]
  if (!columns.has('integration_type'))
    return [stop(`${table} has no column integration_type; it may have been migrated already`)]

  const present = NEW_COLUMNS.filter((column) => columns.has(column))
  if (present.length > 0)
    return [
      stop(
        `${table} already has ${present.join(', ')}, which this command did not add; undo the other migration first, or rename these columns`,
      ),
    ]
  const notEnum = ['integration_type', 'status'].filter((column) => !columnOf(columns, column).isEnum)
  if (notEnum.length > 0)
    return [stop(`${notEnum.join(' and ')} of ${table} must be enums, as the backend creates them`)]

  const statuses = (await readLabels(database, columnOf(columns, 'status').type)).map((label) => label.toLowerCase())
  const missing = ['active', 'inactive'].filter((label) => !statuses.includes(label))
  return missing.length > 0 ? [stop(`the enum of status has no label ${missing.join(' and ')}`)] : []
}

async function findUnknownTypes(database: Database, table: string, { type }: Column): Promise<readonly Finding[]> {
  const labels = await readLabels(database, type)
  const unknown = labels.filter((label) => !isMapped(label.toLowerCase()))
  if (unknown.length === 0) return []

  const { rows } = await database.query<{ label: string; count: number; ids: string[] }>(
    `SELECT integration_type::text AS label, count(*)::float8 AS count, (array_agg(id::text ORDER BY id))[1:3] AS ids
      FROM ${table} WHERE integration_type::text = ANY ($1::text[]) GROUP BY 1 ORDER BY 1`,
    [unknown],
  )
  return rows.map(({ label, count, ids }) =>
    stop(
      `${count} integrations have the type ${label}, which the migration cannot map to a platform (${ids.join(', ')}${count > ids.length ? ', …' : ''}); give them another type or delete their rows, then run plan again`,
    ),
  )
}

async function findLongTransactions(database: Database): Promise<readonly Finding[]> {
  const { rows } = await database.query<{ text: string }>(
    `SELECT format('process %s (%s) has been in a transaction for %s', pid, coalesce(nullif(application_name, ''), 'no application name'), date_trunc('second', clock_timestamp() - xact_start)) AS text
      FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < clock_timestamp() - interval '30 seconds' ORDER BY xact_start`,
  )
  return rows.map(({ text }) => note(`${text}; it delays locks and the building of indexes`))
}

async function findDependents(database: Database, schema: string): Promise<readonly Finding[]> {
  const { rows: views } = await database.query<{ name: string }>(
    dependentViews(integrationsOf({ schema }), ['integration_type', 'is_enabled']),
  )
  const { rows: functions } = await database.query<{ name: string }>(
    `SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosrc ~ '(integration_type|is_enabled)' AND p.proname <> 'ai_ticket_creator_sync' ORDER BY 1`,
  )
  return [
    ...views.map(({ name }) =>
      note(`the view ${name} uses the old columns; change it to read integrations_legacy before the step contract`),
    ),
    ...functions.map(({ name }) => note(`the function ${name} names old columns; change it before the step retire`)),
  ]
}

async function findDuplicateNames(
  database: Database,
  table: string,
  columns: ReadonlyMap<string, Column>,
): Promise<readonly Finding[]> {
  const organization = columns.has('organization_id') ? 'organization_id, ' : ''
  const { count } = await queryOne<{ count: number }>(
    database,
    `SELECT count(*)::float8 AS count FROM (SELECT FROM ${table} GROUP BY ${organization}name HAVING count(*) > 1) AS duplicates`,
  )
  return count === 0
    ? []
    : [
        note(
          `${count} names belong to several integrations${organization === '' ? '' : ' of one organization'}; a ticket with such a name is not linked until you choose (see the command names)`,
        ),
      ]
}

async function findSize(database: Database, table: string): Promise<readonly Finding[]> {
  const { rows, megabytes } = await queryOne<{ rows: number; megabytes: number }>(
    database,
    `SELECT (SELECT count(*)::float8 FROM ${table}) AS rows, (pg_total_relation_size(${literal(table)}) / 1048576)::float8 AS megabytes`,
  )
  return [
    note(
      `${rows} integrations, ${megabytes} MB; expect about ${Math.ceil(rows / 25_000)} s for the backfill and ${Math.ceil(megabytes * 0.35)} MB more on disk`,
    ),
  ]
}

/** A database of the first revision of the backend lacks more columns than this migration adds. */
function findRevision(columns: ReadonlyMap<string, Column>): readonly Finding[] {
  const later = [
    'organization_id',
    'credentials_encrypted',
    'webhook_secret_encrypted',
    'last_activation_at',
    'activation_method',
  ]
  const missing = later.filter((column) => !columns.has(column))
  return missing.length === 0
    ? []
    : [
        note(
          `the current application also needs ${missing.map(identifier).join(', ')}, which this migration does not add`,
        ),
      ]
}
