import { PGlite } from '@electric-sql/pglite'
import { Kysely } from 'kysely'
import type { Database } from './database.ts'
import { ExclusivePGliteDialect } from './exclusive-pglite-dialect.ts'

/** Opens a database in this process: in memory, or in a folder. */
export async function openPglite(folder?: string): Promise<Database> {
  const pglite = await PGlite.create(folder)
  const sql = new Kysely<unknown>({ dialect: new ExclusivePGliteDialect({ pglite }) })
  return { kind: 'pglite', sql, close: () => sql.destroy() }
}
