import { type Database, exists, queryOne } from '../database.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'

// Two numbers of our own for pg_advisory_lock: "ATC" and "migr" as ASCII.
const LOCK = [0x415443, 0x6d696772] as const

/** Holds the lock against a second run while the work runs. */
export const withSessionLock = <Result>(database: Database, work: () => Promise<Result>): Promise<Result> =>
  withSettings(database, async () => {
    const { locked } = await queryOne<{ locked: boolean }>(database, 'SELECT pg_try_advisory_lock($1, $2) AS locked', [
      ...LOCK,
    ])
    if (!locked) throw new MigrationRefusedError(`another run is active: ${await holder(database)}; wait until it ends`)
    try {
      return await work()
    } finally {
      await database.query('SELECT pg_advisory_unlock($1, $2)', [...LOCK]).catch(() => {})
    }
  })

// With a fixed search path, a name that is not qualified can only mean what PostgreSQL itself has.
const SETTINGS = [
  ['search_path', 'pg_catalog'],
  ['client_min_messages', 'warning'],
  ['idle_in_transaction_session_timeout', '60s'],
  // Compiling the long expressions of the mapping takes longer than running them.
  ['jit', 'off'],
  // Changed pages that the session writes go to the disk a few at a time. Otherwise the operating system collects them, and
  // commits of clients wait behind a long write.
  ['backend_flush_after', '256kB'],
] as const

/** Runs the work with other settings of the session, and restores the former ones. */
export async function withSettings<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  const before = await readSettings(database)
  for (const [name, value] of SETTINGS) if (before.has(name)) await setSetting(database, name, value)
  try {
    return await work()
  } finally {
    // A lost connection has no settings to restore.
    for (const [name, value] of before) await setSetting(database, name, value).catch(() => {})
  }
}

/** The values of the settings, without those that the platform of the server does not support: their only value is 0. */
async function readSettings(database: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY($1) AND max_val IS DISTINCT FROM '0'",
    [SETTINGS.map(([name]) => name)],
  )
  return new Map(rows.map(({ name, setting }) => [name, setting]))
}

async function setSetting(database: Database, name: string, value: string): Promise<void> {
  await database.query('SELECT pg_catalog.set_config($1, $2, false)', [name, value])
}

/** Whether this session holds the lock, as SQL. */
export const HOLDS_LOCK = `EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = ${LOCK[0]}::oid AND objid = ${LOCK[1]}::oid AND granted)`

/**
 * Fails if this session no longer holds the lock. That happens behind a pooler in transaction mode, which gives each
 * transaction to another session: two runs could then work at the same time.
 */
export function assertHeld(held: boolean): void {
  if (held) return
  throw new MigrationFailedError(
    'the session changed and its lock is gone; connect to PostgreSQL directly, or through a pooler in session mode, and run the command again',
  )
}

/** @throws MigrationFailedError if this session does not hold the lock. */
export const assertSession = async (database: Database): Promise<void> => assertHeld(await exists(database, HOLDS_LOCK))

async function holder(database: Database): Promise<string> {
  const { rows } = await database.query<{ text: string }>(
    `SELECT format('process %s (%s), connected since %s', l.pid, coalesce(nullif(a.application_name, ''), 'no application name'), date_trunc('second', a.backend_start)) AS text
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.classid = $1::int::oid AND l.objid = $2::int::oid AND l.granted`,
    [...LOCK],
  )
  return rows[0]?.text ?? 'its process has just ended'
}
