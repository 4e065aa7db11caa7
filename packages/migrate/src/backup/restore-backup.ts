import { createHash } from 'node:crypto'
import { readColumns } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, exists, inTransaction } from '../database.ts'
import { MigrationRefusedError } from '../errors.ts'
import type { TableDescription } from './describe-table.ts'
import { FORMAT, type Header, type RowsLine, STABLE_FORMAT, type Trailer, VERSION } from './format.ts'

/** The lines of a backup. They are read twice: first to check all of them, then to restore. */
export type Lines = () => AsyncIterable<string>

/**
 * Restores the tables in one transaction. Missing tables are created. With `replace`, existing tables get the rows of the backup.
 *
 * @throws MigrationRefusedError, before anything is changed, when the file is not a complete backup, or the tables do not permit
 * it.
 */
export async function restoreBackup(
  database: Database,
  lines: Lines,
  { replace, onRows }: { readonly replace: boolean; readonly onRows: (rows: number, total: number) => void },
): Promise<{ readonly rows: number }> {
  const { header, rows } = await checkBackup(lines)
  await inTransaction(database, async () => {
    await database.query(STABLE_FORMAT)
    const present = await checkTables(database, header, replace)
    const missing = header.tables.filter(({ name }) => !present.has(name))
    if (present.size === 0) await database.query(`DROP SCHEMA IF EXISTS ${STATE_SCHEMA} CASCADE`)
    for (const table of missing) await createTable(database, table)
    await restoreRows(database, header, lines, { present, onRows: (done) => onRows(done, rows) })
    for (const table of missing) await runAll(database, table.after)
    for (const { foreignKeys } of missing) await addForeignKeys(database, foreignKeys)
    for (const { name } of header.tables) await database.query(`ANALYZE ${tableOf(header, name)}`)
  })
  return { rows }
}

/** @throws MigrationRefusedError when the file is not a backup, or is incomplete or changed. */
async function checkBackup(lines: Lines): Promise<{ readonly header: Header; readonly rows: number }> {
  const hash = createHash('sha256')
  let header: Header | undefined
  let last: string | undefined
  let rows = 0
  for await (const line of lines()) {
    if (last !== undefined) {
      hash.update(`${last}\n`)
      const value = parseLine(last)
      header ??= readHeader(value)
      rows += value.rows?.length ?? 0
    }
    last = line
  }
  const trailer = parseLine(last ?? '{}')
  if (header === undefined || trailer.sha256 === undefined || trailer.rows !== rows)
    throw new MigrationRefusedError('the backup is incomplete: its end is missing; nothing was restored')
  if (trailer.sha256 !== hash.digest('hex'))
    throw new MigrationRefusedError('the backup was changed or damaged: its checksum is wrong; nothing was restored')
  return { header, rows }
}

function readHeader(value: Partial<Header>): Header {
  const { format, version, schema, tables } = value
  if (format !== FORMAT || version === undefined || schema === undefined || tables === undefined)
    throw new MigrationRefusedError('the file is not a backup of this command')
  if (version !== VERSION)
    throw new MigrationRefusedError(`the backup has version ${version}, and this command reads version ${VERSION}`)
  return { format, version, schema, tables }
}

// The checksum of the lines is checked, so their form is not.
function parseLine(line: string): Partial<Header & RowsLine & Trailer> {
  try {
    return (JSON.parse(line) ?? {}) as Partial<Header & RowsLine & Trailer>
  } catch {
    throw new MigrationRefusedError(
      'the file is not a backup of this command, or it is incomplete; nothing was restored',
    )
  }
}

/**
 * The tables that exist.
 *
 * @throws MigrationRefusedError when they have other columns, `replace` is false, or a migration is under way.
 */
async function checkTables(database: Database, header: Header, replace: boolean): Promise<ReadonlySet<string>> {
  const present = new Set<string>()
  for (const { name, columns } of header.tables) {
    const now = [...(await readColumns(database, tableOf(header, name))).keys()]
    if (now.length === 0) continue
    present.add(name)
    if (now.toSorted().join() !== columns.toSorted().join())
      throw new MigrationRefusedError(
        `${tableOf(header, name)} has other columns than the backup; run undo first, or drop the table. Nothing was restored`,
      )
  }
  if (present.size > 0 && !replace)
    throw new MigrationRefusedError(
      `${[...present].join(' and ')} exist; --replace gives them the rows of the backup, and every later change is lost`,
    )
  if (present.size > 0 && (await exists(database, `to_regclass('${STATE_SCHEMA}.steps') IS NOT NULL`)))
    throw new MigrationRefusedError('a migration is under way; run undo first. Nothing was restored')
  return present
}

const tableOf = ({ schema }: Header, name: string): string => `${identifier(schema)}.${identifier(name)}`

async function createTable(database: Database, { enums, create }: TableDescription): Promise<void> {
  for (const { name, labels } of enums)
    if (!(await exists(database, `to_regtype(${literal(name)}) IS NOT NULL`)))
      await database.query(`CREATE TYPE ${name} AS ENUM (${labels.map(literal).join(', ')})`)
  await database.query(create)
}

/** Updates the rows of existing tables instead of deleting them first, because rows of other tables may refer to them. */
async function restoreRows(
  database: Database,
  header: Header,
  lines: Lines,
  { present, onRows }: { readonly present: ReadonlySet<string>; readonly onRows: (rows: number) => void },
): Promise<void> {
  // PostgreSQL reads the text of a row by position, and the columns of the table may have another order than in the backup.
  for (const { name, columns } of header.tables)
    await database.query(
      `CREATE TEMPORARY TABLE ${temporaryTable(name)} ON COMMIT DROP AS SELECT ${columns.map(identifier).join(', ')} FROM ${tableOf(header, name)} WITH NO DATA`,
    )
  let done = 0
  onRows(done)
  for await (const line of lines()) {
    const { table, rows } = parseLine(line)
    if (table === undefined || rows === undefined) continue
    // OFFSET 0 makes PostgreSQL parse each line once instead of once for each column.
    await database.query(
      `INSERT INTO pg_temp.${temporaryTable(table)} SELECT (lines.value).* FROM (SELECT line::pg_temp.${temporaryTable(table)} AS value FROM unnest($1::text[]) AS line OFFSET 0) AS lines`,
      [rows],
    )
    done += rows.length
    onRows(done)
  }
  for (const { name } of header.tables.toReversed())
    if (present.has(name))
      await database.query(
        `DELETE FROM ${tableOf(header, name)} WHERE id NOT IN (SELECT id FROM pg_temp.${temporaryTable(name)})`,
      )
  for (const table of header.tables) await database.query(insertRows(header, table, present.has(table.name)))
}

const temporaryTable = (name: string): string => identifier(`restored_${name}`)

function insertRows(header: Header, { name, columns }: TableDescription, isPresent: boolean): string {
  const list = columns.map(identifier)
  const update = list.filter((column) => column !== '"id"').map((column) => `${column} = excluded.${column}`)
  const conflict = isPresent ? ` ON CONFLICT (id) DO UPDATE SET ${update.join(', ')}` : ''
  return `INSERT INTO ${tableOf(header, name)} (${list.join(', ')}) SELECT ${list.join(', ')} FROM pg_temp.${temporaryTable(name)}${conflict}`
}

async function runAll(database: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.query(statement)
}

/** Adds foreign keys, except to tables that do not exist, as in the database of a rehearsal. */
async function addForeignKeys(database: Database, keys: TableDescription['foreignKeys']): Promise<void> {
  for (const { table, statement } of keys)
    if (await exists(database, `to_regclass(${literal(table)}) IS NOT NULL`)) await database.query(statement)
}
