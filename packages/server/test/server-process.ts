import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  /** Ends it, and resolves when it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

const BIN = join(import.meta.dirname, '../src/bin.ts')

/** Runs `ai-ticket-creator-server start` on a free port; resolves when it listens. */
export async function startProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const options = ['--conditions=@ai-ticket-creator/source', '--no-warnings', BIN, 'start']
  const child = spawn(process.execPath, options, {
    env: { PORT: '0', SHUTDOWN_DELAY: '0', PLATFORMS: 'simulated', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    url: await listeningUrl(child),
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
