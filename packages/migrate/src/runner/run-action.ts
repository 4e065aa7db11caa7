import { literal } from '../catalog/sql.ts'
import { type Database, exists } from '../database.ts'
import type { Action } from '../steps/step.ts'
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

export async function runAction(
  database: Database,
  action: Action,
  { step, direction, index }: ActionPlace,
  limits: Limits,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  if (action.unless !== undefined && (await exists(database, action.unless))) return

  switch (action.kind) {
    case 'ddl':
      await runDdl(database, step, action.statements, limits)
      return
    case 'batches':
      await runBatches(database, step, { ...action, id: `${step} ${direction} ${index}` }, limits, onProgress)
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
