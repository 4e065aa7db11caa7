import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** A new folder for each test of the file that calls this. */
export function useTempFolder() {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verify-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: (name = '') => join(folder, name),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
  }
}
