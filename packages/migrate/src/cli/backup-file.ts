import { createReadStream } from 'node:fs'
import { open, stat, unlink } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Lines } from '../backup/restore-backup.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'

/** Writes a file that only its owner can read, because the tables have credentials. An incomplete file is removed. */
export async function writeBackup<Result>(
  file: string,
  backup: (write: (line: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() === true) throw new MigrationRefusedError(`${file} exists; give the backup another name`)

  const fail = (error: unknown): never => {
    throw new MigrationFailedError(`the backup ${file} could not be written, so nothing was changed: ${String(error)}`)
  }
  const handle = await open(file, 'w', 0o600).catch(fail)
  try {
    const result = await backup((line) => handle.writeFile(line).catch(fail))
    // A device such as /dev/stdout cannot be synchronized.
    if (found === undefined) await handle.sync().catch(fail)
    return result
  } catch (error) {
    if (found === undefined) await unlink(file).catch(() => {})
    throw error
  } finally {
    await handle.close().catch(() => {})
  }
}

/** The lines of a file. */
export const readBackup = (file: string): Lines =>
  async function* () {
    try {
      yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
    } catch (error) {
      throw new MigrationFailedError(`the backup ${file} could not be read, so nothing was restored: ${String(error)}`)
    }
  }
