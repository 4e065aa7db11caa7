import { type Database, queryOne } from '../database.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'

// Two numbers of our own for pg_advisory_lock: "ATC" and "migr" as ASCII.
const LOCK = [0x415443, 0x6d696772] as const

/** Holds the lock against a second run while the work runs. */
export async function withSessionLock<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  await prepareSession(database)
  const { locked } = await queryOne<{ locked: boolean }>(database, 'SELECT pg_try_advisory_lock($1, $2) AS locked', [
    ...LOCK,
  ])
  if (!locked) throw new MigrationRefusedError(`another run is active: ${await holder(database)}; wait until it ends`)
  try {
    return await work()
  } finally {
    await database.query('SELECT pg_advisory_unlock($1, $2)', [...LOCK]).catch(() => {})
  }
}

/** With a fixed search path, names that are not qualified can only mean what PostgreSQL itself has. */
export async function prepareSession(database: Database): Promise<void> {
  await database.query('SET search_path TO pg_catalog')
  await database.query('SET client_min_messages TO warning')
  await database.query("SET idle_in_transaction_session_timeout TO '60s'")
}

/**
 * Fails if this session no longer holds the lock. That happens behind a pooler in transaction mode, which gives each
 * transaction to another session: two runs could then work at the same time.
 */
export async function assertSession(database: Database): Promise<void> {
  const { held } = await queryOne<{ held: boolean }>(
    database,
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = $1::int::oid AND objid = $2::int::oid AND granted) AS held",
    [...LOCK],
  )
  if (!held)
    throw new MigrationFailedError(
      'the session changed and its lock is gone; connect to PostgreSQL directly, or through a pooler in session mode, and run the command again',
    )
}

async function holder(database: Database): Promise<string> {
  const { rows } = await database.query<{ text: string }>(
    `SELECT format('process %s (%s), connected since %s', l.pid, coalesce(nullif(a.application_name, ''), 'no application name'), date_trunc('second', a.backend_start)) AS text
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.classid = $1::int::oid AND l.objid = $2::int::oid AND l.granted`,
    [...LOCK],
  )
  return rows[0]?.text ?? 'its process has just ended'
}
