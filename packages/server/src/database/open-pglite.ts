import { existsSync, rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { ServerError } from '../errors.ts'
import type { Database } from './database.ts'
import { describeReason } from './describe-reason.ts'
import { lockFolder } from './lock-folder.ts'

/**
 * Opens a database in this process: in memory, or in a folder. A folder that another process has open is refused.
 *
 * PGlite does not write through to the disk: rows survive the end of the process, also by force, but not a power failure.
 */
export const openPglite = (folder?: string): Promise<Database> => open(folder)

/** Opens a new folder with the rows of an archive that `dump` made; without a folder it opens them in memory. */
export const restorePglite = (folder: string | undefined, archive: Uint8Array<ArrayBuffer>): Promise<Database> =>
  open(folder, new Blob([archive]))

async function open(folder: string | undefined, archive?: Blob): Promise<Database> {
  const release = folder === undefined ? () => {} : await lockFolder(folder)
  const isNew = folder !== undefined && !existsSync(folder)
  try {
    const pglite = await PGlite.create(folder, {
      startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${CACHE}`],
      ...(archive !== undefined && { loadDataDir: archive }),
    })
    const sql = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
    return {
      kind: 'pglite',
      sql,
      dump: async () => new Uint8Array(await (await pglite.dumpDataDir('gzip')).arrayBuffer()),
      async close() {
        await sql.destroy()
        // Kysely closes only a database that it has used. A timer of an open one would keep the process running.
        if (!pglite.closed) await pglite.close()
        release()
      },
    }
  } catch (error) {
    // A part of a database would make the next attempt fail.
    if (archive !== undefined && isNew) rmSync(folder, { recursive: true, force: true })
    release()
    // PGlite also throws objects that are no errors and have no message.
    const reason = error instanceof Error ? describeReason(error) : 'its files cannot be read or written'
    const place = folder ?? 'a database in memory'
    throw new ServerError(
      archive === undefined
        ? `PGlite cannot open ${place}: ${reason}.`
        : `The backup cannot be restored to ${place}: ${reason}.`,
      { cause: error },
    )
  }
}

// PGlite fills its cache with zeros at each start: 160 MB by default, which takes a tenth of a second.
const CACHE = '32MB'
