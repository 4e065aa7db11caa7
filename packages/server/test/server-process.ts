import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Ends it, and resolves when it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

const packageFolder = join(import.meta.dirname, '..')
const SOURCES = ['--conditions=@ai-ticket-creator/source', '--no-warnings', join(packageFolder, 'src/bin.ts')]
/** The command as it is published; `npm run build` makes it. */
export const BUILT = [join(packageFolder, 'dist/bin.js')]

/** Runs `ai-ticket-creator-server start` on a free port; resolves when it listens. */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  program: readonly string[] = SOURCES,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...program, 'start'], {
    env: { PORT: '0', SHUTDOWN_DELAY: '0', PLATFORMS: 'simulated', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    url: await listeningUrl(child),
    pid: child.pid ?? 0,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let printed = ''
  child.stderr?.on('data', (chunk) => (printed += String(chunk)))
  // Both streams are read to the end, or the server would wait for a reader.
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
    const { msg, url } = JSON.parse(line) as { readonly msg: string; readonly url?: string }
    if (msg === 'listening' && url !== undefined) resolve(url)
  })
  child.once('exit', () => reject(new Error(`the server ended before it listened: ${printed}`)))
  return promise
}
