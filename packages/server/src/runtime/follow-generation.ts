import type { App } from '@ai-ticket-creator/reference-api'
import type { SqlConnection } from '../database/database.ts'
import { readGeneration } from '../operations/generation.ts'
import type { Log } from './log.ts'

/** Switches an app to the stored generation. */
export async function followGeneration(app: App, db: SqlConnection, log: Log): Promise<void> {
  const stored = await readGeneration(db)
  if (stored === app.generation) return
  app.switchGeneration(stored)
  log.info({ generation: stored }, 'generation')
}
