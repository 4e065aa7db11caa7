import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Command } from 'commander'
import { describeReason } from '../../database/describe-reason.ts'
import { ServerError } from '../../errors.ts'
import type { CommandContext, OnCommand } from '../command.ts'

export function addBackup(program: Command, onCommand: OnCommand): void {
  program
    .command('backup <file>')
    .description('write everything that PGlite stores to a new file, without the key; stop the server first')
    .action((file: string) => onCommand({ json: false, usesKeys: false, run: (context) => backup(context, file) }))
  program
    .command('restore <file>')
    .description('create the folder of PGlite from a backup')
    .action((file: string) => onCommand({ json: false, usesKeys: false, run: (context) => restore(context, file) }))
}

async function backup({ open, settings, print }: CommandContext, file: string): Promise<0> {
  const { DATA_FOLDER: folder, DATABASE_URL } = settings
  if (DATABASE_URL !== undefined) throw new ServerError(USE_PG_DUMP)
  checkBackupPaths(folder, file)
  const { dump } = await open()
  // PGlite always has `dump`; only the type permits that it is missing.
  if (dump === undefined) throw new ServerError(USE_PG_DUMP)

  const archive = await dump()
  try {
    // Readable by the owner only: all data except the credentials is unencrypted.
    writeFileSync(file, archive, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // A part of a backup would make the next attempt fail. The file of another process stays.
    if (existsSync(file) && !isExistsError(error)) rmSync(file)
    throw new ServerError(`The backup cannot be written: ${describeReason(error)}.`)
  }
  print({ file }, `Wrote ${file}. The key of the credentials is not in it: keep a copy of ${folder}.key elsewhere.\n`)
  return 0
}

const USE_PG_DUMP = 'This is a PostgreSQL server; use pg_dump.'

/** Called before PGlite is opened, because PGlite creates a folder that does not exist. */
function checkBackupPaths(folder: string, file: string): void {
  if (!existsSync(folder))
    throw new ServerError(`${folder} does not exist, so there is nothing to save; set DATA_FOLDER.`)
  if (existsSync(file)) throw new ServerError(`${file} exists; give the name of a new file.`)
  if (!existsSync(dirname(file))) throw new ServerError(`${dirname(file)} does not exist; create this folder first.`)
}

async function restore({ settings, print }: CommandContext, file: string): Promise<0> {
  const { DATA_FOLDER: folder, DATABASE_URL } = settings
  if (DATABASE_URL !== undefined) throw new ServerError('This is a PostgreSQL server; use pg_restore.')
  if (existsSync(folder)) throw new ServerError(`${folder} exists; move it away, or set DATA_FOLDER.`)
  if (!existsSync(dirname(folder)))
    throw new ServerError(`${dirname(folder)} does not exist; create this folder first.`)
  if (!existsSync(file)) throw new ServerError(`${file} does not exist.`)

  const archive = unpack(file)
  // Other commands may not need PGlite.
  const { restorePglite } = await import('../../database/open-pglite.ts')
  const database = await restorePglite(folder, archive)
  await database.close()
  print({ folder }, `Restored ${folder}. The server also needs its key, ${folder}.key.\n`)
  return 0
}

/** PGlite ends the process when it cannot unpack an archive, so the archive is unpacked here. */
function unpack(file: string): Uint8Array<ArrayBuffer> {
  try {
    return gunzipSync(readFileSync(file))
  } catch (error) {
    throw new ServerError(`${file} is not a backup, or is damaged: ${describeReason(error)}`)
  }
}

const isExistsError = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'
