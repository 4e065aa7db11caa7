import { createDatabase, currentServer } from '@ai-ticket-creator/test-postgresql'
import { type Database, openPglite, openPostgresql } from '../src/index.ts'

/** A database of its own: PGlite, or one of the server of `npm run test:postgres`. */
export async function openDatabase(): Promise<Database> {
  const server = currentServer()
  return server === undefined ? openPglite() : openPostgresql(await createDatabase(server), { maxConnections: 4 })
}
