/**
 * One session of PostgreSQL. A `PGlite` has this form, and `connect` opens a session of a server. A session must not be shared:
 * the migration opens transactions in it and holds a session lock.
 */
export interface Database {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller states what its own statement selects
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** Runs the work in a transaction, which is rolled back when the work throws. */
export async function inTransaction<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  await database.query('BEGIN')
  try {
    const result = await work()
    await database.query('COMMIT')
    return result
  } catch (error) {
    // On a lost connection the rollback fails too; the first error is the cause.
    await database.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** The first row of a query that always has one. */
export async function queryOne<Row>(database: Database, text: string, values?: unknown[]): Promise<Row> {
  const { rows } = await database.query<Row>(text, values)
  const [row] = rows
  if (row === undefined) throw new Error(`the query has no row: ${text}`)
  return row
}

/** Whether a condition in SQL is true. */
export async function exists(database: Database, condition: string): Promise<boolean> {
  const { found } = await queryOne<{ found: boolean }>(database, `SELECT (${condition}) AS found`)
  return found
}

/** The SQLSTATE of an error of PostgreSQL, such as `55P03`. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
