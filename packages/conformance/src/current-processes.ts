import { currentServer } from '@ai-ticket-creator/test-postgresql'
import { afterAll } from 'vitest'
import type { ServerProcesses } from './server-processes.ts'

/** The processes of the server that a file of `npm run test:postgres` tests. Undefined in `npm test`. */
export const currentProcesses = await start()

afterAll(() => currentProcesses?.close())

async function start(): Promise<ServerProcesses | undefined> {
  const server = currentServer()
  if (server === undefined) return undefined
  // The import takes time, and `npm test` has no use for it.
  const { startServerProcesses } = await import('./server-processes.ts')
  return startServerProcesses(server)
}
