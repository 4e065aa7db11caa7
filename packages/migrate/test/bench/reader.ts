import { setTimeout as sleep } from 'node:timers/promises'
import { connect, createMigration } from '../../src/index.ts'
import { DEFAULT_LIMITS } from '../../src/runner/limits.ts'
import { WRITES } from './settings.ts'
import { type Latency, latencyOf } from './statistics.ts'
import { startTraffic } from './traffic.ts'

export interface ReaderFigures {
  readonly latency: Latency
  readonly lockTimeout: number
}

/** How long writes wait while the first step waits behind a transaction that reads the table for five seconds. */
export async function measureBehindReader(url: string): Promise<ReaderFigures> {
  const [connection, reader] = [await connect(url), await connect(url)]
  const traffic = await startTraffic(url, WRITES)
  await sleep(1000)
  await reader.query('BEGIN')
  await reader.query('SELECT FROM public.integrations LIMIT 1')
  await traffic.window()

  const applying = createMigration(connection).apply({ to: 'sync' })
  await sleep(5000)
  await reader.query('COMMIT')
  await applying
  const { latencies } = await traffic.window()
  await traffic.stop()
  await Promise.all([connection.close(), reader.close()])
  return { latency: latencyOf(latencies), lockTimeout: DEFAULT_LIMITS.lockTimeout }
}
