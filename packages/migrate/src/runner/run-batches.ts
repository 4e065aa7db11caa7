import { setTimeout as sleep } from 'node:timers/promises'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, inTransaction, queryOne, sqlState } from '../database.ts'
import { MigrationFailedError } from '../errors.ts'
import type { BatchAction } from '../steps/step.ts'
import { BACKFILL_SETTING } from '../steps/sync-function.ts'
import type { Limits } from './limits.ts'
import { createPace } from './pace.ts'
import { areIdsInTimeOrder, inRange, type Range, readBounds } from './ranges.ts'
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
  action: NamedAction,
  limits: Limits,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const passes = (await areIdsInTimeOrder(database, action.table)) ? PASSES : 1
  const { pass, lastId } = await readCursor(database, action.id)
  // Its first walk begins behind the rows that an interrupted run has changed. They may need another change by now.
  const isContinued = pass > 0 || lastId !== null
  for (let walk = 0; walk <= MAX_WALKS; walk += 1) {
    const { count: total } = await queryOne<{ count: number }>(database, action.remaining)
    if (total > 0 && walk < MAX_WALKS) await walkOnce(database, step, action, { limits, passes, total, onProgress })
    await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [action.id])
    if (total === 0 || (action.mayRemain === true && (walk > 0 || !isContinued))) return
  }
  throw new MigrationFailedError(
    `after ${MAX_WALKS} walks over ${action.table} rows remain that do not change; run verify`,
  )
}

/** An action and the name of its progress. */
type NamedAction = BatchAction & { readonly id: string }

interface Walk {
  readonly limits: Limits
  readonly passes: number
  readonly total: number
  readonly onProgress: (progress: Progress) => void
}

async function walkOnce(
  database: Database,
  step: string,
  action: NamedAction,
  { limits, passes, total, onProgress }: Walk,
): Promise<void> {
  const pace = createPace({ ...limits, batchTime: limits.batchTime * (action.timeFactor ?? 1) })
  const bounds = await readBounds(database, action.table, limits.batchRows)
  let cursor = await readCursor(database, action.id)
  let done = 0
  let isFirst = true
  while (cursor.pass < passes) {
    const started = performance.now()
    const range = bounds.rangeAfter(cursor.lastId, pace.size() * passes)
    const next = range.last === null ? { pass: cursor.pass + 1, lastId: null } : { ...cursor, lastId: range.last }
    const statement = statementFor(action, passes, cursor.pass)
    const rows = await runBatch(database, step, action, { statement, range, next, limits, isFirst })
    if (rows === 'locked') {
      pace.slower()
      await sleep(pace.pause())
      continue
    }

    cursor = next
    done += rows
    if (rows > 0) isFirst = false
    onProgress({ rows: done, total })
    await pace.wait(database, performance.now() - started)
  }
}

interface Cursor {
  readonly pass: number
  readonly lastId: string | null
}

function statementFor({ statement }: BatchAction, passes: number, pass: number): string {
  const condition = (id: string) =>
    passes === 1
      ? inRange(id)
      : `${inRange(id)} AND mod(hashtext(${id}::text)::bigint + 2147483648, ${passes}) = ${pass}`
  return `${statement.replaceAll(/:range\(([\w.]+)\)/g, (_, id: string) => `(${condition(id)})`)} RETURNING 1`
}

interface Batch {
  readonly statement: string
  readonly range: Range
  /** The cursor after the batch. */
  readonly next: Cursor
  readonly limits: Limits
  readonly isFirst: boolean
}

// A batch is a small part of its table, so its joins look rows up by their index. Without statistics of the range the planner can
// decide to read the whole table for each batch.
const PLANNER = ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan'].map(
  (name) => `set_config('${name}', 'off', true)`,
)

// After a crash of the server the last batches can be missing, with their cursor, and run again. Nobody waits for the disk.
const SETTINGS_OF_BATCH = [
  ...PLANNER,
  `set_config('${BACKFILL_SETTING}', 'on', true)`,
  "set_config('synchronous_commit', 'off', true)",
  "set_config('lock_timeout', $1, true)",
].join(', ')

/** One transaction: the rows, the counters and the cursor are stored together or not at all. Returns the number of rows. */
async function runBatch(
  database: Database,
  step: string,
  action: NamedAction,
  { statement, range, next, limits, isFirst }: Batch,
): Promise<number | 'locked'> {
  try {
    return await inTransaction(database, async () => {
      // One statement, because each round trip delays every batch.
      const { held } = await queryOne<{ held: boolean }>(
        database,
        `SELECT ${HOLDS_LOCK} AS held, ${SETTINGS_OF_BATCH}`,
        [String(limits.lockTimeout)],
      )
      assertHeld(held)
      const { length: rows } = (await database.query(statement, [range.after, range.last])).rows
      await storeProgress(database, { step, action: action.id, cursor: next, rows })
      // All batches of a walk take the same locks.
      if (rows > 0 && isFirst) await record(database, step, { locks: await readLocks(database) })
      return rows
    })
  } catch (error) {
    if (['55P03', '40P01'].includes(sqlState(error) ?? '')) return 'locked'
    throw error
  }
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
