import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, inTransaction, queryOne, sqlState } from '../database.ts'
import { MigrationFailedError } from '../errors.ts'
import type { BatchAction } from '../steps/step.ts'
import { BACKFILL_SETTING } from '../steps/sync-function.ts'
import { type Limits, sleep } from './options.ts'
import { createPace } from './pace.ts'
import { readLocks } from './run-ddl.ts'
import { assertSession } from './session.ts'
import { record } from './state.ts'

/** How far a long action is. */
export interface Progress {
  readonly rows: number
  readonly total: number
}

// A row is only missed if it appears behind the cursor without its values. The triggers exclude that, so a second walk is rare.
const MAX_WALKS = 5
// Consecutive ids that lie in the same pages fill these pages up; every eighth row leaves room for the new version (HOT).
const PASSES = 8

/** Walks over the ids of a table and runs the statement for each range, until nothing remains. */
export async function runBatches(
  database: Database,
  step: string,
  action: BatchAction & { readonly id: string },
  limits: Limits,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const passes = (await areIdsInTimeOrder(database, action.table)) ? PASSES : 1
  for (let walk = 1; walk <= MAX_WALKS; walk += 1) {
    const { count: total } = await queryOne<{ count: number }>(database, action.remaining)
    if (total > 0) await walkOnce(database, step, action, { limits, passes, total, onProgress })
    const isDone =
      action.mayRemain === true || (await queryOne<{ count: number }>(database, action.remaining)).count === 0
    await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [action.id])
    if (isDone) return
  }
  throw new MigrationFailedError(
    `after ${MAX_WALKS} walks over ${action.table} rows remain that do not change; run verify`,
  )
}

interface Walk {
  readonly limits: Limits
  readonly passes: number
  readonly total: number
  readonly onProgress: (progress: Progress) => void
}

async function walkOnce(
  database: Database,
  step: string,
  action: BatchAction & { readonly id: string },
  { limits, passes, total, onProgress }: Walk,
): Promise<void> {
  const pace = createPace({ ...limits, batchTime: limits.batchTime * (action.timeFactor ?? 1) })
  let cursor = await readCursor(database, action.id)
  let done = 0
  let isFirst = true
  while (cursor.pass < passes) {
    const started = performance.now()
    const at = cursor
    const result = await runBatch(database, step, action, { at, passes, size: pace.size() * passes, limits, isFirst })
    if (result === 'locked') {
      pace.slower()
      await sleep(pace.pause())
      continue
    }

    cursor = result.lastId === null ? { pass: at.pass + 1, lastId: null } : { pass: at.pass, lastId: result.lastId }
    done += result.rows
    if (result.rows > 0) isFirst = false
    onProgress({ rows: done, total })
    await pace.wait(database, performance.now() - started)
  }
}

interface Cursor {
  readonly pass: number
  readonly lastId: string | null
}

interface Batch {
  readonly at: Cursor
  readonly passes: number
  readonly size: number
  readonly limits: Limits
  readonly isFirst: boolean
}

// A batch is a small part of its table, so its joins look rows up by their index. Without statistics of the range the planner can
// decide to read the whole table for each batch.
const SETTINGS_OF_BATCH = `SELECT set_config('lock_timeout', $1, true), set_config('${BACKFILL_SETTING}', 'on', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`

/** One transaction: the rows, the counters and the cursor are stored together or not at all. */
async function runBatch(
  database: Database,
  step: string,
  action: BatchAction & { readonly id: string },
  { at, passes, size, limits, isFirst }: Batch,
): Promise<{ readonly rows: number; readonly lastId: string | null } | 'locked'> {
  try {
    return await inTransaction(database, async () => {
      await assertSession(database)
      await database.query(SETTINGS_OF_BATCH, [String(limits.lockTimeout)])
      const lastId = await endOfRange(database, action.table, at.lastId, size)
      const rows = lastId === null ? 0 : await runStatement(database, action, { at, lastId, passes })

      const next = lastId === null ? { pass: at.pass + 1, lastId: null } : { pass: at.pass, lastId }
      await storeCursor(database, action.id, next)
      // All batches of a walk take the same locks.
      if (rows > 0) await record(database, step, { rows, locks: isFirst ? await readLocks(database) : [] })
      return { rows, lastId }
    })
  } catch (error) {
    if (['55P03', '40P01'].includes(sqlState(error) ?? '')) return 'locked'
    throw error
  }
}

async function endOfRange(
  database: Database,
  table: string,
  after: string | null,
  size: number,
): Promise<string | null> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id::text FROM (SELECT id FROM ${table} WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT $2::int) AS batch ORDER BY batch.id DESC LIMIT 1`,
    [after, Math.round(size)],
  )
  return rows[0]?.id ?? null
}

async function runStatement(
  database: Database,
  action: BatchAction,
  { at, lastId, passes }: { readonly at: Cursor; readonly lastId: string; readonly passes: number },
): Promise<number> {
  const rangeOf = (id: string): string => {
    const pass = passes === 1 ? '' : ` AND mod(hashtext(${id}::text)::bigint + 2147483648, ${passes}) = ${at.pass}`
    return `(($1::uuid IS NULL OR ${id} > $1::uuid) AND ${id} <= $2::uuid${pass})`
  }
  const statement = action.statement.replaceAll(/:range\(([\w.]+)\)/g, (_, id: string) => rangeOf(id))
  const { rows } = await database.query(`${statement} RETURNING 1`, [at.lastId, lastId])
  return rows.length
}

async function storeCursor(database: Database, action: string, { pass, lastId }: Cursor): Promise<void> {
  await database.query(
    `INSERT INTO ${STATE_SCHEMA}.progress VALUES ($1, $2, $3) ON CONFLICT (action) DO UPDATE SET pass = $2, last_id = $3`,
    [action, pass, lastId],
  )
}

async function readCursor(database: Database, action: string): Promise<Cursor> {
  const { rows } = await database.query<Cursor>(
    `SELECT pass, last_id::text AS "lastId" FROM ${STATE_SCHEMA}.progress WHERE action = $1`,
    [action],
  )
  return rows[0] ?? { pass: 0, lastId: null }
}

/** Whether rows lie in the table in the order of their ids, as UUIDv7 and similar ids make them. */
async function areIdsInTimeOrder(database: Database, table: string): Promise<boolean> {
  const { rows } = await database.query<{ correlation: number }>(
    `SELECT correlation::float8 AS correlation FROM pg_stats WHERE attname = 'id' AND to_regclass(quote_ident(schemaname) || '.' || quote_ident(tablename)) = to_regclass($1)`,
    [table],
  )
  return Math.abs(rows[0]?.correlation ?? 0) > 0.9
}
