import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll } from 'vitest'
import { main } from '../src/cli/main.ts'
import type { Database } from '../src/database/database.ts'
import { openDatabase } from '../src/runtime/open-database.ts'

type Environment = Readonly<Record<string, string>>

/** Returns a function for folders that do not exist yet, each in a temporary one. They are removed after the tests of the file. */
export function createFolders(): () => string {
  const parent = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
  afterAll(() => rmSync(parent, { recursive: true, force: true }))
  return () => join(mkdtempSync(join(parent, 'folder-')), 'data')
}

/** A process of the command, with what it printed so far. */
function createProcess(env: Environment) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const printed = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => (printed.stdout += String(chunk)))
  stderr.on('data', (chunk) => (printed.stderr += String(chunk)))
  return { io: Object.assign(new EventEmitter(), { env, stdout, stderr }), printed }
}

/** Runs the command in this process on a database that stays open. */
export const runCommand = (args: readonly string[], database: Database, env: Environment = {}) =>
  runMain(args, async () => ({ ...database, close: async () => {} }), env)

/** Runs the command in this process. It opens the database of its settings, if it needs one. */
export const runWithSettings = (args: readonly string[], env: Environment) => runMain(args, openDatabase, env)

async function runMain(args: readonly string[], open: typeof openDatabase, env: Environment) {
  const { io, printed } = createProcess(env)
  const exitCode = await main(args, open, io)
  return { exitCode, ...printed }
}

/** Starts the server in this process on a free port; resolves when it listens, or has ended. */
export async function startCommand(database: Database, env: Environment = {}) {
  const { io, printed } = createProcess({ PORT: '0', SHUTDOWN_DELAY: '0', ...env })
  const lines = (): LogLine[] =>
    printed.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LogLine]))
  const url = () => lines().find(({ msg }) => msg === 'listening')?.url

  const ended = main(['start'], async () => ({ ...database, close: async () => {} }), io)
  const listening = new Promise<void>((resolve) => {
    io.stdout.on('data', () => url() !== undefined && resolve())
  })
  await Promise.race([listening, ended])

  return {
    url: url() ?? 'not listening',
    printed,
    lines,
    ended,
    /** Sends SIGTERM and returns the exit code. */
    stop: () => {
      io.emit('SIGTERM')
      return ended
    },
  }
}

interface LogLine extends Readonly<Record<string, unknown>> {
  readonly msg: string
  readonly url?: string
}
