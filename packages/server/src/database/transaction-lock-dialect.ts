import { type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely'

/**
 * PostgreSQL, with a lock of schema changes that ends with their transaction. Kysely holds one for the session, which PgBouncer
 * in transaction mode shares between clients: the lock would outlive a process that was killed.
 */
export class TransactionLockDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new TransactionLockAdapter()
  }
}

class TransactionLockAdapter extends PostgresAdapter {
  // `lockSchema` is called before the migrator starts.
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

// Any number that no other application uses.
const LOCK = 7_203_518_466

/** Waits for other processes that change the schema. The end of the transaction releases the lock. */
export async function lockSchema(transaction: Kysely<unknown>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(transaction)
}
