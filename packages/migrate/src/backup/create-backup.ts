import { createHash } from 'node:crypto'
import { readColumns } from '../catalog/facts.ts'
import { identifier } from '../catalog/sql.ts'
import { type Database, inTransaction, queryOne } from '../database.ts'
import { MigrationRefusedError } from '../errors.ts'
import { describeTable, type TableDescription } from './describe-table.ts'
import { BACKED_UP, FORMAT, type Header, STABLE_FORMAT, VERSION } from './format.ts'

const BATCH_SIZE = 2000

/**
 * Writes the schema and the rows of the tables at one point in time, as lines of JSON: a header, the rows as PostgreSQL prints
 * them, and a checksum. Rows are written as text, because a driver would round or convert some values.
 *
 * @throws MigrationRefusedError when the schema has none of the tables.
 */
export async function createBackup(
  database: Database,
  schema: string,
  write: (line: string) => Promise<void>,
  onRows: (rows: number, total: number) => void,
): Promise<{ readonly rows: number }> {
  const hash = createHash('sha256')
  const writeLine = async (value: unknown) => {
    const line = `${JSON.stringify(value)}\n`
    hash.update(line)
    await write(line)
  }
  return inTransaction(database, async () => {
    await database.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    await database.query(STABLE_FORMAT)
    const names = await presentTables(database, schema)
    const tables: TableDescription[] = []
    for (const name of names) tables.push(await describeTable(database, schema, name))
    await writeLine({ format: FORMAT, version: VERSION, schema, tables } satisfies Header)

    const total = await countRows(database, schema, names)
    let rows = 0
    onRows(rows, total)
    for (const name of names)
      for await (const lines of readRows(database, `${identifier(schema)}.${identifier(name)}`)) {
        rows += lines.length
        await writeLine({ table: name, rows: lines })
        onRows(rows, total)
      }
    const checksum = hash.digest('hex')
    await write(`${JSON.stringify({ rows, sha256: checksum })}\n`)
    return { rows }
  })
}

async function presentTables(database: Database, schema: string): Promise<readonly string[]> {
  const present: string[] = []
  for (const name of BACKED_UP) {
    const columns = await readColumns(database, `${identifier(schema)}.${identifier(name)}`)
    if (columns.size > 0) present.push(name)
  }
  if (present.length === 0)
    throw new MigrationRefusedError(
      `the schema ${schema} has no table ${BACKED_UP.join(' or ')}; give it with --schema`,
    )
  return present
}

async function countRows(database: Database, schema: string, names: readonly string[]): Promise<number> {
  const counts = names.map((name) => `(SELECT count(*) FROM ${identifier(schema)}.${identifier(name)})`)
  const { total } = await queryOne<{ total: number }>(database, `SELECT (${counts.join(' + ')})::float8 AS total`)
  return total
}

async function* readRows(database: Database, table: string): AsyncGenerator<readonly string[]> {
  let last: string | null = null
  for (;;) {
    const { rows }: { rows: { id: string; line: string }[] } = await database.query(
      `SELECT id::text AS id, stored::text AS line FROM ${table} AS stored WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT ${BATCH_SIZE}`,
      [last],
    )
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.id
    yield rows.map(({ line }) => line)
  }
}
