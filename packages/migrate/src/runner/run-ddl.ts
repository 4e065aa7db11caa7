import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, inTransaction, sqlState } from '../database.ts'
import { MigrationFailedError } from '../errors.ts'
import type { Limits } from './limits.ts'
import { assertSession } from './session.ts'
import { record, type TakenLock } from './state.ts'

const RETRIED = ['55P03', '40P01']
const AUTOVACUUM_WAIT = 3000

/** Runs statements in one transaction. A lock that is not free soon is given up and tried again, so that no queue builds up. */
export async function runDdl(
  database: Database,
  step: string,
  statements: readonly string[],
  limits: Limits,
): Promise<void> {
  await retryOnLock(database, limits, () =>
    inTransaction(database, async () => {
      await assertSession(database)
      await database.query(`SET LOCAL lock_timeout TO ${limits.lockTimeout}`)
      for (const statement of statements) await database.query(statement)
      await record(database, step, { locks: await readLocks(database) })
    }),
  )
}

/** Runs statements that cannot be in a transaction, such as CREATE INDEX CONCURRENTLY. A lock timeout repeats all of them. */
export async function runConcurrently(
  database: Database,
  statements: () => Promise<unknown>,
  limits: Limits,
): Promise<void> {
  await assertSession(database)
  await database.query(`SET lock_timeout TO ${limits.lockTimeout}`)
  try {
    await retryOnLock(database, limits, statements)
  } finally {
    await database.query('SET lock_timeout TO 0').catch(() => {})
  }
}

async function retryOnLock(database: Database, limits: Limits, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      if (!RETRIED.includes(sqlState(error) ?? '')) throw error
      if (attempt >= limits.lockAttempts) throw await lockError(database, limits, error)
    }
    await endAutovacuum(database)
    // Random, so that the attempts do not always coincide with the same regular job.
    await sleep(150 + Math.random() * 200)
  }
}

/**
 * After a backfill the table is vacuumed, for minutes if it is large. Autovacuum ends when a session has waited for its lock for
 * `deadlock_timeout`, which is longer than our statements wait. Reads and writes continue while this function waits.
 */
async function endAutovacuum(database: Database): Promise<void> {
  const { rows } = await database.query<{ relation: string }>(
    `SELECT DISTINCT l.relation::regclass::text AS relation FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a ON a.pid = l.pid JOIN pg_database d ON d.oid = l.database
      WHERE ${IS_AUTOVACUUM} AND d.datname = current_database() AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
        AND c.relname IN ('integrations', 'tickets', 'organizations') AND has_table_privilege(l.relation, 'UPDATE, DELETE, TRUNCATE')`,
  )
  for (const { relation } of rows) {
    const waiting = inTransaction(database, async () => {
      await database.query(`SET LOCAL lock_timeout TO ${AUTOVACUUM_WAIT}`)
      await database.query(`LOCK TABLE ${relation} IN SHARE UPDATE EXCLUSIVE MODE`)
    })
    // A vacuum against transaction id wraparound does not end; then the next attempts fail, and the last one names it.
    await waiting.catch((error: unknown) => {
      if (!RETRIED.includes(sqlState(error) ?? '')) throw error
    })
  }
}

// A role that is no superuser does not see the type of other processes. Autovacuum is the one without a user.
const IS_AUTOVACUUM = "(a.backend_type = 'autovacuum worker' OR (a.backend_type IS NULL AND a.usesysid IS NULL))"

async function lockError(database: Database, limits: Limits, cause: unknown): Promise<Error> {
  const { rows } = await database.query<{ text: string }>(
    `SELECT DISTINCT format('process %s (%s, %s, in a transaction for %s)', a.pid, coalesce(nullif(a.application_name, ''), 'no application name'), a.state, date_trunc('second', clock_timestamp() - a.xact_start)) AS text
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_backend_pid() AND a.datname = current_database()
        AND l.relation::regclass::text ~ '(integrations|tickets)' AND a.xact_start < clock_timestamp() - interval '1 second'`,
  )
  const blockers = rows.length === 0 ? 'many short transactions' : rows.map(({ text }) => text).join('; ')
  return new MigrationFailedError(
    `no lock within ${limits.lockAttempts} attempts of ${limits.lockTimeout} ms; the table is used by ${blockers}. Nothing of this step is done; end that transaction and run the command again`,
    { cause },
  )
}

/** The table locks that this transaction holds, without the lock that every read needs. */
export async function readLocks(database: Database): Promise<readonly TakenLock[]> {
  const { rows } = await database.query<TakenLock>(
    `SELECT DISTINCT c.relname::text AS relation, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND c.relkind = 'r' AND l.mode <> 'AccessShareLock'
        AND n.nspname NOT IN ('pg_catalog', 'ai_ticket_creator_migration') ORDER BY 1, 2`,
  )
  return rows
}
