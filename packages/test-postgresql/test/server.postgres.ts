import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { VERSIONS } from '../src/binaries.ts'
import { startServer } from '../src/server.ts'

async function query(url: string | undefined, text: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows.flat()
}

test.for(VERSIONS)('the server of PostgreSQL %s has that version', async (version) => {
  const [number] = await query(inject('postgresqlServers')?.[version], 'show server_version_num')

  expect(String(number).slice(0, 2)).toBe(version)
})

test.for(VERSIONS)('PostgreSQL %s has every committed row after it was killed and started', async (version) => {
  const server = await startServer(version)
  await query(server.url, 'create table rows as select 1 as id')

  await server.kill()
  await server.start()

  expect(await query(server.url, 'select id from rows')).toEqual([1])
  await server.stop()
})
