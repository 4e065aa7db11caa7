import type { Kysely } from 'kysely'

/** What statements are sent to: a database, or one transaction of it. Statements are written as SQL, so no tables are listed. */
export type SqlConnection = Kysely<unknown>

/** An open database. */
export interface Database {
  readonly kind: 'pglite' | 'postgresql'
  readonly sql: SqlConnection
  /** Everything that is stored, as a compressed archive. PostgreSQL has its own tools for this. */
  readonly dump?: () => Promise<Uint8Array>
  /** Finishes what is running and closes the connections. */
  readonly close: () => Promise<void>
}
