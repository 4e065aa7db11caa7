import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBinaries, type Version } from './binaries.ts'
import { freePort, unprivileged, untilPrinted } from './process.ts'

/** A PostgreSQL server on loopback. */
export interface PostgresqlServer {
  /** The URL of the database `postgres`, as a superuser. */
  readonly url: string
  /** Ends the server as a crash does. The next `start` recovers the databases. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  /** Stops the server and removes its files. */
  readonly stop: () => Promise<void>
}

/** Options that most tests do not need. */
interface ServerOptions {
  /** Settings such as `fsync=on`. */
  readonly settings?: readonly string[]
  /** Receives what the server logs. */
  readonly onLog?: (text: string) => void
}

/** Creates and starts a server. Its files are in a temporary folder. */
export async function startServer(
  version: Version,
  { settings = [], onLog = () => {} }: ServerOptions = {},
): Promise<PostgresqlServer> {
  const folder = createFolder(version)
  const programs = readableBinaries(version, folder)
  const data = join(folder, 'data')
  const port = await freePort()
  initialize(programs, data)

  let running: ChildProcess
  const end = async (signal: NodeJS.Signals) => {
    if (running.exitCode !== null || running.signalCode !== null) return
    running.kill(signal)
    // Not `exit`: the processes of the sessions end a little later, and a new server waits for them.
    await once(running, 'close')
  }
  const start = async () => {
    running = spawn(`${programs}/postgres`, settingsOf(data, port, settings), {
      ...unprivileged,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.stderr?.setEncoding('utf8').on('data', onLog)
    await untilPrinted(running, 'ready to accept connections')
  }

  // A run that ends early must not leave a server behind.
  process.once('exit', () => running.kill('SIGKILL'))
  await start()
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      // Fast shutdown: open sessions are ended.
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function createFolder(version: Version): string {
  const folder = mkdtempSync(join(tmpdir(), `postgresql-${version}-`))
  if (unprivileged !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid)
  return folder
}

/** Copies the programs if `nobody` may not read node_modules, for example because the repository is in the home of root. */
function readableBinaries(version: Version, folder: string): string {
  const found = findBinaries(version)
  if (unprivileged === undefined || !found.includes('node_modules')) return join(found, 'bin')
  const copy = join(folder, 'programs')
  cpSync(found, copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(copy, 0o755)
  return join(copy, 'bin')
}

function initialize(programs: string, data: string): void {
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  const { status, stderr, error } = spawnSync(`${programs}/initdb`, [...options, '--pgdata', data], {
    ...unprivileged,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
}

// Without fsync, rows are lost only if the machine fails. The tests end only the server.
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200']

// PostgreSQL uses the last value of a setting, so `more` comes last.
const settingsOf = (data: string, port: number, more: readonly string[]): readonly string[] =>
  ['-D', data, '-p', String(port)].concat([...SETTINGS, ...more].flatMap((setting) => ['-c', setting]))
