import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { readStoredSetting, writeStoredSetting } from '../database/stored-settings.ts'
import { timeText } from '../database/time-text.ts'
import { ServerError } from '../errors.ts'

/** A change of the generation, from the audit. */
export interface GenerationChange {
  readonly at: string
  readonly from: Generation
  readonly to: Generation
}

const DEFAULT_GENERATION: Generation = 'current'

/** The generation that every process on this database serves. @throws ServerError for one that this version does not have. */
export async function readGeneration(db: SqlConnection): Promise<Generation> {
  const stored = await readStoredSetting(db, 'generation')
  if (stored === undefined) return DEFAULT_GENERATION
  const known = GENERATIONS.find((generation) => generation === stored)
  if (known === undefined) throw new ServerError('the database has a generation that this version does not serve')
  return known
}

/** Sets the generation, and writes the change to the audit. */
export const writeGeneration = (db: SqlConnection, to: Generation): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const from = await readGeneration(transaction)
    await writeStoredSetting(transaction, 'generation', to)
    await sql`
      insert into server_audit (action, details)
      values ('generation', ${JSON.stringify({ from, to })})`.execute(transaction)
  })

/** Every change of the generation, the oldest first. */
export async function listGenerationChanges(db: SqlConnection): Promise<readonly GenerationChange[]> {
  const { rows } = await sql<GenerationChange>`
    select ${timeText(sql.ref('at'))} as at, details ->> 'from' as "from", details ->> 'to' as "to"
    from server_audit where action = 'generation' order by id`.execute(db)
  return rows
}
