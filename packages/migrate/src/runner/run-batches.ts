import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, inTransaction, queryOne, sqlState } from '../database.ts'
import { MigrationFailedError } from '../errors.ts'
import type { BatchAction } from '../steps/step.ts'
import { BACKFILL_SETTING } from '../steps/sync-function.ts'
import { type Limits, sleep } from './options.ts'
import { createPace } from './pace.ts'
import { readLocks } from './run-ddl.ts'
import { assertHeld, HOLDS_LOCK } from './session.ts'
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
    const { count } = await queryOne<{ count: number }>(database, action.remaining)
    if (count === 0) {
      await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [action.id])
      return
    }
    await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [action.id])
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

/** One transaction: the rows, the counters and the cursor are stored together or not at all. */
async function runBatch(
  database: Database,
  step: string,
  action: BatchAction & { readonly id: string },
  { at, passes, size, limits, isFirst }: Batch,
): Promise<{ readonly rows: number; readonly lastId: string | null } | 'locked'> {
  try {
    return await inTransaction(database, async () => {
      const lastId = await beginRange(database, action.table, { after: at.lastId, size, limits })
      const rows = lastId === null ? 0 : await runStatement(database, action, { at, lastId, passes })

      const next = lastId === null ? { pass: at.pass + 1, lastId: null } : { pass: at.pass, lastId }
      await storeProgress(database, { step, action: action.id, cursor: next, rows })
      // All batches of a walk take the same locks.
      if (rows > 0 && isFirst) await record(database, step, { locks: await readLocks(database) })
      return { rows, lastId }
    })
  } catch (error) {
    if (['55P03', '40P01'].includes(sqlState(error) ?? '')) return 'locked'
    throw error
  }
}

// A batch is a small part of its table, so its joins look rows up by their index. Without statistics of the range the planner can
// decide to read the whole table for each batch.
const SETTINGS_OF_BATCH = ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']
  .map((name) => `set_config('${name}', 'off', true)`)
  .concat(`set_config('${BACKFILL_SETTING}', 'on', true)`, "set_config('lock_timeout', $3, true)")
  .join(', ')

/** Prepares the transaction; returns the last id of the range. One statement, for each round trip is a part of every batch. */
async function beginRange(
  database: Database,
  table: string,
  { after, size, limits }: { readonly after: string | null; readonly size: number; readonly limits: Limits },
): Promise<string | null> {
  const range = `SELECT id FROM ${table} WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT $2::int`
  const { held, lastId } = await queryOne<{ held: boolean; lastId: string | null }>(
    database,
    `SELECT ${HOLDS_LOCK} AS held, (SELECT id::text FROM (${range}) AS batch ORDER BY batch.id DESC LIMIT 1) AS "lastId", ${SETTINGS_OF_BATCH}`,
    [after, Math.round(size), String(limits.lockTimeout)],
  )
  assertHeld(held)
  return lastId
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

async function storeProgress(
  database: Database,
  {
    step,
    action,
    cursor,
    rows,
  }: { readonly step: string; readonly action: string; readonly cursor: Cursor; readonly rows: number },
): Promise<void> {
  await database.query(
    `WITH cursor AS (INSERT INTO ${STATE_SCHEMA}.progress VALUES ($1, $2, $3) ON CONFLICT (action) DO UPDATE SET pass = $2, last_id = $3)
      UPDATE ${STATE_SCHEMA}.steps SET rows = rows + $4::float8 WHERE step = $5`,
    [action, cursor.pass, cursor.lastId, rows, step],
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
