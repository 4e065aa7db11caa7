import { Kysely } from 'kysely'
import { Pool } from 'pg'
import type { Database } from './database.ts'
import { TransactionLockDialect } from './transaction-lock-dialect.ts'

/** Connections to a PostgreSQL server. None is opened before the first statement. */
export function openPostgresql(url: string, { maxConnections }: { readonly maxConnections: number }): Database {
  const pool = new Pool({ connectionString: url, max: maxConnections })
  // A connection that breaks while nobody uses it is replaced; without a listener the error would end the process.
  pool.on('error', () => {})
  const sql = new Kysely<unknown>({ dialect: new TransactionLockDialect({ pool }) })
  return { kind: 'postgresql', sql, close: () => sql.destroy() }
}
