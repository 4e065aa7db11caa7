import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, connect } from '../../src/index.ts'

const BIN = join(import.meta.dirname, '../../src/bin.ts')

/** How a run of the command ended: its exit code, null if it was killed, and what it wrote to stderr. */
interface Ended {
  readonly exitCode: number | null
  readonly stderr: string
}

/** Runs the command in a process of its own, and calls `onStep` with each step that it begins. */
export async function runCommand(
  url: string,
  [command, ...args]: readonly string[],
  onStep: (step: string, kill: () => void) => unknown,
): Promise<Ended> {
  const options = ['--conditions=@ai-ticket-creator/source', '--no-warnings', BIN, command ?? '', '--yes', ...args]
  const child = spawn(process.execPath, options, {
    env: { DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line)
    const [, step] = new RegExp(`^${command} (\\S+)$`).exec(line) ?? []
    if (step !== undefined) void onStep(step, () => child.kill('SIGKILL'))
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, stderr: lines.join('\n') }
}

/** A connection to a database on which no other run is active: PostgreSQL notices the end of a client a little later. */
export async function connectAfterRuns(url: string): Promise<Connection> {
  const connection = await connect(url)
  for (;;) {
    const { rows } = await connection.query(
      "SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database()",
    )
    if (rows.length === 0) return connection
    await sleep(20)
  }
}
