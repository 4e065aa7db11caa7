import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, queryOne } from '../database.ts'
import type { Limits } from './limits.ts'

interface Pace {
  /** The number of rows of the next batch. */
  readonly size: () => number
  readonly slower: () => void
  /** The pause after a batch that could not lock its rows, in milliseconds. */
  readonly pause: () => number
  /** Adapts the size to the time that a batch took, and waits so long that other clients have room. */
  readonly wait: (database: Database, milliseconds: number) => Promise<void>
}

const PRESSURE_INTERVAL = 250

// A few milliseconds are enough for a write that waits for the processor or the disk.
const PAUSE = 0.1

// Smaller batches are not smoother: the time of their round trips dominates.
const [FIRST, FEWEST] = [500, 250] as const

/** Batches grow while they are fast, and shrink when they are slow or others wait. */
export function createPace({ batchTime, batchRows }: Pick<Limits, 'batchTime' | 'batchRows'>): Pace {
  let size = Math.min(FIRST, batchRows)
  let nextLook = 0
  let ratio = PAUSE
  const slower = () => {
    size = Math.max(FEWEST, size * 0.5)
  }

  return {
    size: () => Math.round(size),
    slower,
    pause: () => 100 + Math.random() * 100,
    async wait(database, milliseconds) {
      if (milliseconds > batchTime) slower()
      else size = Math.min(batchRows, size * 1.25)

      if (performance.now() >= nextLook) {
        ratio = await pauseRatio(database)
        nextLook = performance.now() + PRESSURE_INTERVAL
      }
      await sleep(milliseconds * ratio)
    },
  }
}

// A role that is no superuser does not see the state of sessions of other roles.
const WORKS =
  "state IS NULL OR state <> 'idle' OR state_change IS NULL OR state_change > clock_timestamp() - interval '1 second'"

/**
 * The pause after a batch, as a multiple of its time: longer while others wait, a replica lags or a checkpoint writes, and none
 * while no other session of the database works.
 */
async function pauseRatio(database: Database): Promise<number> {
  const { waiting, lag, checkpoint, isAlone } = await queryOne<{
    waiting: number
    lag: number
    checkpoint: boolean
    isAlone: boolean
  }>(
    database,
    `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()) AS waiting,
        (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication) AS lag,
        EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'checkpointer' AND wait_event IN ('DataFileWrite', 'DataFileSync', 'DataFileFlush')) AS checkpoint,
        NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (${WORKS})) AS "isAlone"`,
  )
  if (lag > 1) return 10
  if (isAlone) return 0
  return waiting > 0 || checkpoint ? 1 : PAUSE
}
