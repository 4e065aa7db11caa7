import { createDatabase, createPglite, currentServer } from '@ai-ticket-creator/test-postgresql'
import type { PGlite } from '@electric-sql/pglite'
import { type Connection, connect } from '../src/index.ts'

// Files that run in the same worker share one PGlite: to start it takes longer than most of them. Every test creates its tables anew.
let shared: Promise<PGlite> | undefined

/** A database: the PGlite of this worker, or a new one on the server of `npm run test:postgres`. */
export async function openDatabase(): Promise<Connection> {
  const server = currentServer()
  if (server !== undefined) return connect(await createDatabase(server))

  shared ??= createPglite()
  const database = await shared
  await database.query('RESET ALL')
  return {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
    query: <Row>(text: string, values?: unknown[]) => database.query<Row>(text, values),
    close: async () => {},
  }
}
