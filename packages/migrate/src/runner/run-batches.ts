import { setTimeout as sleep } from 'node:timers/promises'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, inTransaction, queryOne, sqlState } from '../database.ts'
import { MigrationFailedError } from '../errors.ts'
import type { BatchAction } from '../steps/step.ts'
import { BACKFILL_SETTING } from '../steps/sync-function.ts'
import type { Limits } from './limits.ts'
import { createPace } from './pace.ts'
import { type Batch, type Cursor, inBatch, isAtEnd, nextBatch, readPages, startOf } from './pages.ts'
import { readLocks } from './run-ddl.ts'
import { assertHeld, HOLDS_LOCK } from './session.ts'
import { record } from './state.ts'

/** How many rows a long action has changed, of how many. */
export interface Progress {
  readonly rows: number
  readonly total: number
}

// A row is missed if it has moved to a page behind the cursor, or was added there without its values.
const MAX_WALKS = 5

/** Walks over the pages of a table and runs the statement for the rows of a few pages at a time, until nothing remains. */
export async function runBatches(
  database: Database,
  step: string,
  action: NamedAction,
  limits: Limits,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const { page, pass } = await readCursor(database, action.id)
  // The first walk of a continued action begins behind the rows that the interrupted run has changed. They may need another
  // change by now.
  const isContinued = page > 0 || pass > 0
  for (let walk = 0; walk <= MAX_WALKS; walk += 1) {
    const { count: total } = await queryOne<{ count: number }>(database, action.remaining)
    // What remains after a walk is a few rows.
    const passes = walk === 0 ? (action.passes ?? 1) : 1
    if (total > 0 && walk < MAX_WALKS)
      await walkOnce(database, step, { ...action, passes }, { limits, total, onProgress })
    await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [action.id])
    if (total === 0 || (action.mayRemain === true && (walk > 0 || !isContinued))) return
  }
  throw new MigrationFailedError(
    `after ${MAX_WALKS} walks over ${action.table} rows remain that do not change; run verify`,
  )
}

/** An action and the name of its progress. */
type NamedAction = BatchAction & { readonly id: string }

type WalkedAction = NamedAction & { readonly passes: number }

interface Walk {
  readonly limits: Limits
  readonly total: number
  readonly onProgress: (progress: Progress) => void
}

async function walkOnce(
  database: Database,
  step: string,
  action: WalkedAction,
  { limits, total, onProgress }: Walk,
): Promise<void> {
  const { batchTime, batchRows } = limits
  const factor = action.sizeFactor ?? 1
  const pace = createPace({ batchTime: batchTime * factor, batchRows: batchRows * factor })
  const pages = await readPages(database, action.table)
  let cursor = await readCursor(database, action.id)
  let done = 0
  let isFirst = true
  while (!isAtEnd(cursor, pages)) {
    const started = performance.now()
    const batch = nextBatch(cursor, pages, action.passes, pace.size())
    const rows = await runBatch(database, step, action, { batch, limits, isFirst })
    if (rows === 'locked') {
      pace.slower()
      await sleep(pace.pause())
      continue
    }

    cursor = batch.next
    done += rows
    if (rows > 0) isFirst = false
    onProgress({ rows: done, total })
    await pace.wait(database, performance.now() - started)
  }
}

// A batch is a small part of its table, so its joins look rows up by their index. Without statistics of the range the planner can
// decide to read the whole table for each batch.
const BY_INDEX = ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan'].map(
  (name) => `set_config('${name}', 'off', true)`,
)

// Batches do not wait for the disk. After a crash of the server the last ones can be missing with their cursor, and run again.
const settingsOf = ({ joinsSmallTables = false }: BatchAction): string =>
  [
    ...(joinsSmallTables ? [] : BY_INDEX),
    `set_config('${BACKFILL_SETTING}', 'on', true)`,
    "set_config('synchronous_commit', 'off', true)",
    "set_config('lock_timeout', $1, true)",
  ].join(', ')

/** One transaction: the rows, the counters and the cursor are stored together or not at all. Returns the number of rows. */
async function runBatch(
  database: Database,
  step: string,
  action: WalkedAction,
  { batch, limits, isFirst }: { readonly batch: Batch; readonly limits: Limits; readonly isFirst: boolean },
): Promise<number | 'locked'> {
  try {
    return await inTransaction(database, async () => {
      // One statement, because each round trip delays every batch.
      const { held } = await queryOne<{ held: boolean }>(
        database,
        `SELECT ${HOLDS_LOCK} AS held, ${settingsOf(action)}`,
        [String(limits.lockTimeout)],
      )
      assertHeld(held)
      const rows = await changeRows(database, step, action, batch)
      // All batches of a walk take the same locks.
      if (rows > 0 && isFirst) await record(database, step, { locks: await readLocks(database) })
      return rows
    })
  } catch (error) {
    if (['55P03', '40P01'].includes(sqlState(error) ?? '')) return 'locked'
    throw error
  }
}

/** The change, the counter of the step and the cursor, in one statement. Returns the number of changed rows. */
async function changeRows(
  database: Database,
  step: string,
  { id, before = '', statement, passes }: WalkedAction,
  { first, end, pass, next }: Batch,
): Promise<number> {
  const change = `${before === '' ? '' : `${before}, `}changed AS (${statement} RETURNING 1)`
  const { rows } = await queryOne<{ rows: number }>(
    database,
    `WITH ${change.replaceAll(/:range\(([\w.]+)\)/g, (_, place: string) => inBatch(place, passes, pass))},
      cursor AS (INSERT INTO ${STATE_SCHEMA}.progress VALUES ($3, $4, $5) ON CONFLICT (action) DO UPDATE SET page = $4, pass = $5)
      UPDATE ${STATE_SCHEMA}.steps SET rows = rows + (SELECT count(*) FROM changed) WHERE step = $6 RETURNING (SELECT count(*)::float8 FROM changed) AS rows`,
    [startOf(first), startOf(end), id, next.page, next.pass, step],
  )
  return rows
}

async function readCursor(database: Database, action: string): Promise<Cursor> {
  const { rows } = await database.query<Cursor>(`SELECT page, pass FROM ${STATE_SCHEMA}.progress WHERE action = $1`, [
    action,
  ])
  return rows[0] ?? { page: 0, pass: 0 }
}
