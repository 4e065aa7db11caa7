import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { describeReason } from '../database/describe-reason.ts'
import { ServerError } from '../errors.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * Opens the database of the settings, and loads the driver of this database only.
 *
 * @throws ServerError when it cannot be reached; the message has no password.
 */
export async function openDatabase(settings: Settings): Promise<Database> {
  const { DATABASE_URL: url, DATA_FOLDER: folder, DATABASE_CONNECTIONS: maxConnections } = settings
  if (url === undefined) {
    createParent(folder)
    const { openPglite } = await import('../database/open-pglite.ts')
    return openPglite(folder)
  }

  const { openPostgresql } = await import('../database/open-postgresql.ts')
  const database = openPostgresql(url, { maxConnections })
  try {
    await sql`select 1`.execute(database.sql)
    return database
  } catch (error) {
    await database.close()
    throw new ServerError(`The database at ${hostOf(url)} cannot be used: ${describeReason(error)}.`)
  }
}

function createParent(folder: string): void {
  try {
    mkdirSync(dirname(resolve(folder)), { recursive: true })
  } catch (error) {
    throw new ServerError(`DATA_FOLDER cannot be created: ${describeReason(error)}.`)
  }
}

const hostOf = (url: string): string => new URL(url).host
