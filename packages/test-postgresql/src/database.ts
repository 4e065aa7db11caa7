import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { VERSIONS, type Version } from './binaries.ts'

/** The URL of the server that this project of `npm run test:postgres` runs on; undefined in `npm test`. */
export const currentServer = (): string | undefined => inject('postgresqlServers')?.[inject('postgresql') ?? '']

/** The URL of the server that this project runs on. @throws Error in a project without a server. */
export function requireServer(): string {
  const url = currentServer()
  if (url === undefined) throw new Error('these tests need a PostgreSQL server; run them with `npm run test:postgres`')
  return url
}

/** The version of that server. The server of `DATABASE_URL` counts as the newest version. */
export const currentVersion = (): Version => VERSIONS.find((version) => version === inject('postgresql')) ?? '18'

/** Creates a database, empty or as a copy of another one, and returns its URL. */
export async function createDatabase(serverUrl: string, copyOf?: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  const template = copyOf === undefined ? '' : ` template ${new URL(copyOf).pathname.slice(1)}`
  await client.query(`create database ${name}${template}`)
  await client.end()

  const url = new URL(serverUrl)
  url.pathname = name
  return url.href
}
