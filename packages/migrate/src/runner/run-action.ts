import { literal } from '../catalog/sql.ts'
import { type Database, exists, sqlState } from '../database.ts'
import type { Action, BatchAction } from '../steps/step.ts'
import type { Limits } from './limits.ts'
import { type Progress, runBatches } from './run-batches.ts'
import { runConcurrently, runDdl } from './run-ddl.ts'
import { record } from './state.ts'

/** The place of an action in the migration. The stored progress refers to it. */
export interface ActionPlace {
  readonly step: string
  readonly direction: 'apply' | 'undo'
  readonly index: number
}

const FOREIGN_KEY_VIOLATION = '23503'

export async function runAction(
  database: Database,
  action: Action,
  { step, direction, index }: ActionPlace,
  limits: Limits,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  if (action.unless !== undefined && (await exists(database, action.unless))) return

  const change = (batches: BatchAction) =>
    runBatches(database, step, { ...batches, id: `${step} ${direction} ${index}` }, limits, onProgress)
  switch (action.kind) {
    case 'ddl':
      try {
        await runDdl(database, step, action.statements, limits)
      } catch (error) {
        if (action.onViolation === undefined || sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error
        await change(action.onViolation)
        await runDdl(database, step, action.statements, limits)
      }
      return
    case 'batches':
      await change(action)
      return
    case 'index':
      await runConcurrently(database, () => createIndex(database, action), limits)
      break
    case 'drop-index':
      await runConcurrently(database, () => dropIndex(database, action.name), limits)
  }
  // A concurrent statement ends its transactions itself, so its lock cannot be read from pg_locks afterwards.
  const relation = action.table.split('.').at(-1)?.replaceAll('"', '') ?? action.table
  await record(database, step, { locks: [{ relation, mode: 'ShareUpdateExclusiveLock' }] })
}

/** A build that was interrupted, also by a lock timeout, leaves an invalid index, which IF NOT EXISTS takes for a finished one. */
async function createIndex(
  database: Database,
  { name, create }: { readonly name: string; readonly create: string },
): Promise<void> {
  if (await isInvalid(database, name)) await dropIndex(database, name)
  await database.query(create)
}

const isInvalid = (database: Database, name: string): Promise<boolean> =>
  exists(database, `EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(${literal(name)}) AND NOT indisvalid)`)

const dropIndex = (database: Database, name: string): Promise<unknown> =>
  database.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`)
