import { spawn } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import type { Verifier } from '../../src/cli/verify-command.ts'
import { verifyContract } from '../../src/verify/engine/verify-contract.ts'

const bin = fileURLToPath(new URL('../../src/bin.ts', import.meta.url))

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface CliEnvironment {
  readonly env?: NodeJS.ProcessEnv
  readonly stdin?: string
  readonly isTTY?: boolean
  readonly verifier?: Verifier
}

/** Runs the command in a process of its own: for signals, and for what only `bin.ts` does. */
export function spawnCli(args: readonly string[], { env = {}, stdin = '' }: CliEnvironment = {}) {
  const { PATH } = process.env
  const child = spawn(process.execPath, ['--conditions=@ai-ticket-creator/source', bin, ...args], {
    env: { PATH, AI_TICKET_CREATOR_TOKEN: 'test-token', ...env },
    stdio: 'pipe',
  })
  const out = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk.toString()
  })
  child.stdin.end(stdin)
  const ended = new Promise<CliResult>((resolve) => child.on('close', (code) => resolve({ code, ...out })))
  return { ended, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

/** Runs the command in this process, which is faster and is measured by coverage. */
export async function runCli(
  args: readonly string[],
  { env = {}, stdin = '', isTTY = false, verifier = verifyContract }: CliEnvironment = {},
): Promise<CliResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const out = { stdout: '', stderr: '' }
  stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk.toString()
  })
  stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk.toString()
  })
  const code = await main(args, verifier, {
    env: { AI_TICKET_CREATOR_TOKEN: 'test-token', ...env },
    stdin: Object.assign(Readable.from([stdin]), { isTTY }),
    stdout: Object.assign(stdout, { isTTY }),
    stderr: Object.assign(stderr, { isTTY, columns: 40 }),
    on: () => {},
    off: () => {},
    exit: () => {},
  })
  return { code, ...out }
}

/** A server on a free port of this machine. */
export async function listen(listener: RequestListener): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // For a TCP server the address is an object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The address of a port on which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = await listen(() => {})
  server.close()
  return server.url
}
