import { createToken, openPostgresql, schemaUp } from '@ai-ticket-creator/server'
import { createDatabase, freePort, requireServer, startPooler } from '@ai-ticket-creator/test-postgresql'
import { afterAll, expect, test, vi } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { heapAfterCollection } from '../heap.ts'
import { compareWithRows } from '../ledger.ts'
import { startMixedLoad } from '../mixed-load.ts'
import { createProcessStarter } from '../process-starter.ts'

const SECONDS = readSize('LOAD_SECONDS', 6)
const REQUESTS_PER_SECOND = 200
const REQUESTS = SECONDS * REQUESTS_PER_SECOND
/** How many bytes the heap of one process may grow. In a run of ten minutes that is less than 300 for each of its requests. */
const MOST_GROWTH = 8_000_000

const serverUrl = requireServer()
const pooler = await startPooler(serverUrl)
const directUrl = await createDatabase(serverUrl)
const database = openPostgresql(directUrl, { maxConnections: 2 })
await schemaUp(database.sql)
const tokens: string[] = []
for (let number = 0; number < 20; number++) {
  const owner = { organization: `Organization ${number}`, email: 'agent@acme.test', name: 'test' }
  tokens.push((await createToken(database.sql, owner)).token)
}
afterAll(async () => {
  await database.close()
  await pooler.stop()
})

const SECRET_KEYS = `1:${Buffer.alloc(32, 7).toString('base64')}`
const startProcess = createProcessStarter()
const start = (env = {}) =>
  startProcess({ DATABASE_URL: pooler.urlOf(directUrl), SECRET_KEYS, DATABASE_CONNECTIONS: '5', ...env })

test(`${REQUESTS} requests with a restart and a kill: no acknowledged ticket is lost, and memory does not grow`, {
  // Two hours, for long runs with LOAD_SECONDS.
  timeout: 7_200_000,
}, async () => {
  const inspected = await freePort()
  const servers = await Promise.all([start({ NODE_OPTIONS: `--inspect=127.0.0.1:${inspected}` }), start(), start()])
  const begin = performance.now()
  const load = startMixedLoad(
    REQUESTS_PER_SECOND,
    tokens,
    () => servers[Math.floor(Math.random() * servers.length)]?.url ?? '',
  )
  const untilSent = (share: number) =>
    vi.waitUntil(() => load.sent() >= REQUESTS * share, { timeout: 7_200_000, interval: 5 })

  await untilSent(0.25)
  const heapBefore = await heapAfterCollection(inspected)
  await untilSent(0.4)
  await servers[1]?.end('SIGTERM')
  servers[1] = await start()
  await untilSent(0.7)
  await servers[2]?.end('SIGKILL')
  servers[2] = await start()
  await untilSent(1)
  await load.stop()
  const heapAfter = await heapAfterCollection(inspected)
  const seconds = (performance.now() - begin) / 1000
  await Promise.all(servers.map((server) => server.end('SIGTERM')))

  const { ledger } = load
  console.log(
    `mixed load: ${load.sent()} requests in ${seconds.toFixed(0)} s, ${ledger.acknowledged.size} tickets acknowledged, ` +
      `heap after a collection ${(heapBefore / 1e6).toFixed(1)} MB at 25 %, ${(heapAfter / 1e6).toFixed(1)} MB at the end`,
  )
  expect(ledger.unexpected).toEqual([])
  expect(await compareWithRows(database.sql, ledger)).toEqual({ lost: [], twice: 0, unanswered: [] })
  expect(heapAfter - heapBefore).toBeLessThan(MOST_GROWTH)
})
