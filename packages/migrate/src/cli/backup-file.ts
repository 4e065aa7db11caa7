import { createReadStream } from 'node:fs'
import { open, stat, unlink } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Lines } from '../backup/restore-backup.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'

/** Writes a file that only its owner can read, because the tables have credentials. A file that could not be completed is removed. */
export async function writeBackup<Result>(
  file: string,
  backup: (write: (line: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() === true) throw new MigrationRefusedError(`${file} exists; give the backup another name`)

  const handle = await open(file, 'w', 0o600).catch((error: unknown) => {
    throw cannotWrite(file, error)
  })
  const write = (line: string) =>
    handle.writeFile(line).catch((error: unknown) => {
      throw cannotWrite(file, error)
    })
  try {
    const result = await backup(write)
    await handle.sync().catch(() => {})
    return result
  } catch (error) {
    if (found === undefined) await unlink(file).catch(() => {})
    throw error
  } finally {
    await handle.close().catch(() => {})
  }
}

/** The lines of a file. */
export const readBackup =
  (file: string): Lines =>
  () =>
    createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })

const cannotWrite = (file: string, error: unknown): Error =>
  new MigrationFailedError(`the backup ${file} could not be written, so nothing was changed: ${String(error)}`)
