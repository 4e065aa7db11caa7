import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, unprivileged, untilPrinted } from './process.ts'

/** PgBouncer in transaction mode. */
export interface Pooler {
  /** The URL of a database through the pooler. */
  readonly urlOf: (databaseUrl: string) => string
  readonly stop: () => Promise<void>
}

/** Starts PgBouncer in front of a server. It has five connections to each database, so clients must share them. */
export async function startPooler(serverUrl: string): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(file, configuration(new URL(serverUrl), port))

  const pooler = spawn('pgbouncer', [file], { ...unprivileged, stdio: ['ignore', 'ignore', 'pipe'] })
  process.once('exit', () => pooler.kill('SIGKILL'))
  await untilPrinted(pooler, 'process up')
  return {
    urlOf(databaseUrl) {
      const url = new URL(databaseUrl)
      url.port = String(port)
      return url.href
    },
    async stop() {
      pooler.kill('SIGINT')
      await once(pooler, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const configuration = ({ hostname, port }: URL, ownPort: number): string => `
[databases]
* = host=${hostname} port=${port} user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_client_conn = 200
`
