import type { Database } from '../database/database.ts'
import { ServerError } from '../errors.ts'
import { readSettings } from '../settings/settings.ts'
import type { RunningServer } from './http-server.ts'
import { createLog } from './log.ts'
import { startServer } from './start-server.ts'

/** Where `serve` writes its log, a line at a time. */
export interface LogTarget {
  /** Receives each line, with a line feed at the end. */
  readonly write: (line: string) => unknown
}

/**
 * Serves the API on a database in your own program, as the command `start` does. Close the database after `stop`.
 *
 * @param settings - The settings of the command, as texts: `{ PORT: '0', PLATFORMS: 'simulated' }`. The environment of the
 *   process is not read, and other names are ignored. Pass `SECRET_KEYS`. With PGlite you can pass `DATA_FOLDER`
 *   instead, the folder of the open database: its key file is beside it. Pass `DATABASE_URL` too if it has a password, which is
 *   then removed from errors in the log.
 * @param log - Without it nothing is logged.
 * @throws ServerError when a setting is wrong, the address cannot be used, or the keys are not those of the database.
 */
export async function serve(
  database: Database,
  settings: Readonly<Record<string, string | undefined>> = {},
  log: LogTarget = { write: () => {} },
): Promise<RunningServer> {
  if (database.kind === 'postgresql' && settings['SECRET_KEYS'] === undefined)
    throw new ServerError('SECRET_KEYS is missing: pass the keys of the credentials on this PostgreSQL.')
  const values = readSettings(settings, { usesKeys: true })
  return startServer(database, values, createLog(values, log))
}
