import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** PostgreSQL and PgBouncer refuse to run as root. If the tests run as root, the servers run as `nobody`. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

/** Resolves when a process has printed a text to its log; rejects when the process ends first. */
export async function untilPrinted(child: ChildProcess, text: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let log = ''
  // The log is read even after the text was found, because a process whose pipe is full blocks.
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-10_000)
    if (log.includes(text)) resolve()
  })
  child.once('error', reject)
  child.once('exit', () => reject(new Error(`${child.spawnfile} did not start: ${log}`)))
  await promise
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('the probe has no port')
  return address.port
}
