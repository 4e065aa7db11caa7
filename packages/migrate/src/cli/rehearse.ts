import { readColumns } from '../catalog/facts.ts'
import { identifier } from '../catalog/sql.ts'
import type { Connection } from '../connect.ts'
import { type Database, sqlState } from '../database.ts'
import { MigrationRefusedError } from '../errors.ts'
import { createMigration, type ProgressEvent, STEP_NAMES } from '../migration.ts'
import { readBackup } from './backup-file.ts'

/** The result of a rehearsal: the seconds of each step in each direction, and what `verify` found between them. */
export interface Rehearsal {
  readonly rows: number
  readonly steps: readonly { readonly step: string; readonly apply: number; readonly undo: number }[]
  readonly problems: readonly string[]
}

/** The live database, and a function that opens another database of the same server. */
export interface Server {
  readonly live: Connection
  readonly open: (database: string) => Promise<Connection>
}

/** Restores a backup into a new database, applies and undoes all steps there, and drops the database. */
export async function rehearse(
  { live, open }: Server,
  { file, schema, onProgress }: { file: string; schema: string; onProgress: (event: ProgressEvent) => void },
): Promise<Rehearsal> {
  const name = `ai_ticket_creator_rehearsal_${crypto.randomUUID().slice(0, 8)}`
  await createDatabase(live, name)
  try {
    const scratch = await open(name)
    try {
      await copyReferencedTables(live, scratch, schema)
      const { seconds, measure } = createWatch(onProgress)
      const migration = createMigration(scratch, { schema, onProgress: measure })
      const { rows } = await migration.restore(readBackup(file))
      await migration.apply()
      const problems = await migration.verify()
      await migration.undo()
      const timeOf = (direction: string, step: string) => seconds.get(`${direction} ${step}`) ?? 0
      const steps = STEP_NAMES.map((step) => ({ step, apply: timeOf('apply', step), undo: timeOf('undo', step) }))
      return { rows, steps, problems }
    } finally {
      await scratch.close()
    }
  } finally {
    await live.query(`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`)
  }
}

async function createDatabase(live: Database, name: string): Promise<void> {
  try {
    await live.query(`CREATE DATABASE ${identifier(name)} TEMPLATE template0`)
  } catch (error) {
    if (sqlState(error) !== '42501') throw error
    throw new MigrationRefusedError(
      'the role lacks CREATEDB, which only a rehearsal needs; use a role that has it, or a copy of the server',
    )
  }
}

/** Copies the tables that the foreign keys refer to, with the columns that the migration reads. */
async function copyReferencedTables(live: Database, scratch: Database, schema: string): Promise<void> {
  await scratch.query(`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`)
  await copyTable(live, scratch, { schema, name: 'organizations', wanted: ['id'] })
  await copyTable(live, scratch, { schema, name: 'users', wanted: ['id', 'organization_id'] })
}

async function copyTable(
  live: Database,
  scratch: Database,
  { schema, name, wanted }: { readonly schema: string; readonly name: string; readonly wanted: readonly string[] },
): Promise<void> {
  const table = `${identifier(schema)}.${identifier(name)}`
  const present = await readColumns(live, table)
  const columns = wanted.filter((column) => present.has(column))
  if (columns.length === 0) return

  await scratch.query(
    `CREATE TABLE ${table} (${columns.map((column) => `${column} uuid`).join(', ')}, PRIMARY KEY (id))`,
  )
  const row = `array_to_string(ARRAY[${columns.join(', ')}]::text[], ',', '')`
  for (let last: string | null = null; ; ) {
    const { rows }: { rows: { id: string; line: string }[] } = await live.query(
      `SELECT id::text AS id, ${row} AS line FROM ${table} WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT 10000`,
      [last],
    )
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.id
    await scratch.query(
      `INSERT INTO ${table} SELECT ${columns.map((_, index) => `nullif(split_part(line, ',', ${index + 1}), '')::uuid`).join(', ')} FROM unnest($1::text[]) AS line`,
      [rows.map(({ line }) => line)],
    )
  }
}

/** Measures the seconds of each step from its progress events, which it passes on. */
function createWatch(onProgress: (event: ProgressEvent) => void) {
  const seconds = new Map<string, number>()
  let started = 0
  const measure = (event: ProgressEvent) => {
    onProgress(event)
    if (event.type === 'started') started = performance.now()
    if (event.type === 'finished')
      seconds.set(`${event.direction} ${event.step}`, Math.round((performance.now() - started) / 100) / 10)
  }
  return { seconds, measure }
}
