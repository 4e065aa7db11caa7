import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { Database } from './database.ts'
import { lockFolder } from './lock-folder.ts'

/**
 * Opens a database in this process: in memory, or in a folder. A folder that another process has open is refused.
 *
 * PGlite does not write through to the disk: rows survive the end of the process, also by force, but not a power failure.
 */
export async function openPglite(folder?: string): Promise<Database> {
  const release = folder === undefined ? () => {} : lockFolder(folder)
  try {
    const pglite = await PGlite.create(folder)
    const sql = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
    return {
      kind: 'pglite',
      sql,
      async close() {
        await sql.destroy()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}
