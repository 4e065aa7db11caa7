import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, connect, createMigration, type Migration } from '../../src/index.ts'
import { countWrong, hashOldRows, hashUntouched } from './check-rows.ts'
import { IDLE_SECONDS, WRITES } from './settings.ts'
import { type Latency, latencyOf, secondsOf } from './statistics.ts'
import { startTraffic, type Traffic } from './traffic.ts'
import { createWatch } from './watch.ts'

export interface IntegrationFigures {
  readonly seconds: number
  readonly secondsOfSteps: Readonly<Record<string, number>>
  readonly idle: Latency
  readonly during: Latency
  /** The longest wait for a lock that PostgreSQL logged, of 10 ms and more; 0 if there was none. */
  readonly lockWait: number
  readonly heapRatio: number
  readonly errors: number
  readonly wrong: number
  readonly areUntouchedRowsEqual: boolean
  readonly undoSeconds: number
  readonly undo: Latency
  readonly wrongAfterUndo: number
  readonly areOldRowsEqual: boolean
  readonly problems: readonly string[]
}

/** All steps and the way back while clients with old and new names write from the first step. */
export async function measureIntegrations(url: string, takeLockWait: () => number): Promise<IntegrationFigures> {
  const connection = await connect(url)
  const before = {
    heap: await heapSize(connection),
    untouched: await hashUntouched(connection, 'old'),
    old: await hashOldRows(connection),
  }
  const { onProgress, secondsOfSteps } = createWatch()
  const migration = createMigration(connection, { onProgress })
  const traffic = await startTraffic(url, WRITES)
  await sleep(IDLE_SECONDS * 1000)
  const idle = await traffic.window()
  takeLockWait()

  const seconds = await secondsOf(() => applyAll(migration, traffic))
  const during = await traffic.window()
  const lockWait = takeLockWait()
  const heapRatio = rounded2((await heapSize(connection)) / before.heap)
  const wrong = await countWrong(connection, await traffic.pause(), 'new')
  const untouched = await hashUntouched(connection, 'new')
  const problems = await migration.verify()
  await traffic.resume()

  const undoSeconds = await secondsOf(() => undoAll(migration, traffic))
  const undo = await traffic.window()
  const wrongAfterUndo = await countWrong(connection, await traffic.pause(), 'old')
  await traffic.stop()
  const figures = {
    seconds,
    secondsOfSteps,
    idle: latencyOf(idle.latencies),
    during: latencyOf(during.latencies),
    lockWait,
    heapRatio,
    errors: [...idle.errors, ...during.errors, ...undo.errors].length,
    wrong,
    areUntouchedRowsEqual: untouched === before.untouched,
    undoSeconds,
    undo: latencyOf(undo.latencies),
    wrongAfterUndo,
    areOldRowsEqual: (await hashOldRows(connection)) === before.old,
    problems: [...problems, ...new Set([...during.errors, ...undo.errors])],
  }
  await connection.close()
  return figures
}

/** Old names work until `retire`, new names work from `sync` on. */
async function applyAll(migration: Migration, traffic: Traffic): Promise<void> {
  await migration.apply({ to: 'sync' })
  await traffic.setModes('old', 'new')
  await migration.apply({ to: 'view' })
  await traffic.setModes('new', 'new')
  await migration.apply()
}

async function undoAll(migration: Migration, traffic: Traffic): Promise<void> {
  await migration.undo({ to: 'view' })
  await traffic.setModes('old', 'new')
  await migration.undo({ to: 'sync' })
  await traffic.setModes('old', 'old')
  await migration.undo()
}

async function heapSize(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ size: number }>(
    "SELECT pg_relation_size('public.integrations')::float8 AS size",
  )
  return rows[0]?.size ?? 0
}

const rounded2 = (value: number): number => Math.round(value * 100) / 100
