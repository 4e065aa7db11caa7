import { createDatabase } from '@ai-ticket-creator/test-postgresql'
import { inject } from 'vitest'
import { type Database, openPglite, openPostgresql } from '../src/index.ts'

/** A database of its own: PGlite, or one of the server of `npm run test:postgres`. */
export async function openDatabase(): Promise<Database> {
  const server = inject('postgresqlServers')?.[inject('postgresql') ?? '']
  return server === undefined ? openPglite() : openPostgresql(await createDatabase(server), { maxConnections: 4 })
}
