import { createDatabase, currentServer, emptyPglite } from '@ai-ticket-creator/test-postgresql'
import { restorePglite } from '../src/database/open-pglite.ts'
import { type Database, openPostgresql } from '../src/index.ts'

/** A database of its own: PGlite, or one of the server of `npm run test:postgres`. */
export async function openDatabase(): Promise<Database> {
  const server = currentServer()
  return server === undefined ? openEmptyPglite() : openPostgresql(await createDatabase(server), { maxConnections: 4 })
}

/** Does what `openPglite` does, in a tenth of its time. */
export const openEmptyPglite = async (folder?: string): Promise<Database> => restorePglite(folder, await emptyPglite())
