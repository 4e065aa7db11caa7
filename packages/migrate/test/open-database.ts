import { createDatabase, currentServer } from '@ai-ticket-creator/test-postgresql'
import { PGlite } from '@electric-sql/pglite'
import { type Connection, connect } from '../src/index.ts'

/** A database of its own: PGlite, or one of the server of `npm run test:postgres`. */
export async function openDatabase(): Promise<Connection> {
  const server = currentServer()
  return server === undefined ? PGlite.create() : connect(await createDatabase(server))
}
