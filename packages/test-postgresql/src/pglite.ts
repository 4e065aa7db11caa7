import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'

const FOLDER = join(import.meta.dirname, '../../../.tmp')

/** A new PGlite in memory. To create one from nothing takes seconds of CPU time, and to load an empty one half a second. */
export async function createPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: new Blob([await emptyPglite()]) })
}

/**
 * Until the returned function is called, `PGlite.create()` without a folder loads an empty database, which is faster than
 * `initdb`.
 */
export async function loadEmptyPglites(): Promise<() => void> {
  const archive = new Blob([await emptyPglite()])
  const create = PGlite.create.bind(PGlite)
  const load = (folder?: string, options?: PGliteOptions): Promise<PGlite> =>
    create(folder, { ...(folder === undefined && { loadDataDir: archive }), ...options })
  Object.assign(PGlite, { create: load })
  return () => {
    Object.assign(PGlite, { create })
  }
}

/** The data folder of an empty PGlite, as an archive. It is made once for each version of PGlite. */
export async function emptyPglite(): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(FOLDER, `pglite-${versionOfPglite()}.tar`)
  if (!existsSync(file)) await writeArchive(file)
  return readFileSync(file)
}

async function writeArchive(file: string): Promise<void> {
  const database = await PGlite.create()
  const archive = await database.dumpDataDir('none')
  await database.close()

  mkdirSync(FOLDER, { recursive: true })
  // Another call may write the same file; a rename shows it a whole one.
  const unfinished = `${file}.${randomUUID()}`
  writeFileSync(unfinished, await archive.bytes())
  renameSync(unfinished, file)
}

function versionOfPglite(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const manifest: unknown = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8'))
  return (manifest as { readonly version: string }).version
}
