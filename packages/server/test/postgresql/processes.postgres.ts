import { createToken, openPostgresql, schemaUp } from '@ai-ticket-creator/server'
import { createDatabase, requireServer, startPooler } from '@ai-ticket-creator/test-postgresql'
import { afterAll, expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { compareWithRows, startLoad } from '../ledger.ts'
import { createProcessStarter } from '../process-starter.ts'

const KILLS = readSize('KILLS', 2)

const serverUrl = requireServer()
const pooler = await startPooler(serverUrl)
const directUrl = await createDatabase(serverUrl)
const database = openPostgresql(directUrl, { maxConnections: 2 })
await schemaUp(database.sql)
const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'test' })
afterAll(async () => {
  await database.close()
  await pooler.stop()
})

const SECRET_KEYS = `1:${Buffer.alloc(32, 7).toString('base64')}`
const startProcess = createProcessStarter()
const start = () => startProcess({ DATABASE_URL: pooler.urlOf(directUrl), SECRET_KEYS, DATABASE_CONNECTIONS: '5' })

test('three processes behind PgBouncer: killing one under load loses no acknowledged ticket and creates none twice', {
  // Two hours, for long runs with KILLS.
  timeout: 7_200_000,
}, async () => {
  const servers = await Promise.all([start(), start(), start()])
  const load = startLoad(12, token, () => servers[Math.floor(Math.random() * servers.length)]?.url ?? '')

  for (let kills = 1; kills <= KILLS; kills++) {
    await load.untilAcknowledged(kills * 200)
    await servers[kills % 3]?.end('SIGKILL')
    servers[kills % 3] = await start()
  }
  const ledger = await load.stop()
  await Promise.all(servers.map((server) => server.end('SIGTERM')))

  expect(ledger.unexpected).toEqual([])
  expect(await compareWithRows(database.sql, ledger)).toEqual({ lost: [], twice: 0, unanswered: [] })
})
