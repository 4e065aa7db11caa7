import { afterAll } from 'vitest'
import { type ServerProcess, startProcess } from './server-process.ts'

/** Returns `startProcess`. After the tests of the file the processes that still run are killed, such as those of a failed test. */
export function createProcessStarter(): typeof startProcess {
  const started: ServerProcess[] = []
  afterAll(() => Promise.all(started.map((server) => server.end('SIGKILL'))))
  return async (...args) => {
    const server = await startProcess(...args)
    started.push(server)
    return server
  }
}
