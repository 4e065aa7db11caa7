import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Generation } from '@ai-ticket-creator/domain'
import type { Connection } from '@ai-ticket-creator/migrate'
import { createSecrets, createSqlStore, createToken, openPostgresql } from '@ai-ticket-creator/server'
import { vi } from 'vitest'
import type { OpenedBackend } from '../../src/transports.ts'

const BIN = join(import.meta.dirname, '../../../server/src/bin.ts')
const KEY = new Uint8Array(32).fill(7)

/** A server process on a database that it shares with others. */
export interface Server {
  /** A new organization, which has no rows yet. */
  readonly open: () => Promise<OpenedBackend>
  /** Sets the generation, and resolves when the server serves it. */
  readonly serve: (generation: Generation) => Promise<void>
  /** The number of replies, and those that are failures of the server. */
  readonly replies: { count: number; readonly failed: string[] }
  /** The log lines about errors. */
  readonly errors: string[]
  readonly stop: () => Promise<void>
}

/** Starts `ai-ticket-creator-server start` on a PostgreSQL database. */
export async function startServer(databaseUrl: string, connection: Connection): Promise<Server> {
  const env = {
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: `1:${Buffer.from(KEY).toString('base64')}`,
    PLATFORMS: 'simulated',
    PORT: '0',
    SHUTDOWN_DELAY: '0',
  }
  const child = spawnCommand(['start'], env)
  const errors: string[] = []
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { msg, url, level } = JSON.parse(line) as { msg: string; url?: string; level: number | string }
    if (level === 'error' || level === 50) errors.push(line)
    if (msg === 'listening' && url !== undefined) resolve(url)
  })
  child.once('exit', () => reject(new Error(`the server ended: ${errors.join('\n')}`)))
  const baseUrl = await listening

  const database = openPostgresql(databaseUrl, { maxConnections: 2 })
  const store = createSqlStore(database, createSecrets([{ id: 1, bytes: KEY }]))
  const replies = { count: 0, failed: [] as string[] }

  return {
    replies,
    errors,
    async open() {
      const organizationId = crypto.randomUUID()
      await connection.query("INSERT INTO organizations (id, name) VALUES ($1, 'conformance')", [organizationId])
      const owner = { organization: organizationId, email: 'agent@acme.test', name: 'conformance' }
      const { token } = await createToken(database.sql, owner)
      const fetchAndCount = async (request: Request) => {
        const reply = await fetch(request)
        replies.count += 1
        if (reply.status >= 500) replies.failed.push(`${request.method} ${request.url}: ${reply.status}`)
        return reply
      }
      return { baseUrl, token, store, organizationId, fetch: fetchAndCount, close: () => {} }
    },
    async serve(generation) {
      const setting = spawnCommand(['generation', 'set', generation], env)
      await once(setting, 'exit')
      const served = async () => (await fetch(`${baseUrl}/api/v1/integrations/`)).headers.get('API-Generation')
      await vi.waitUntil(async () => (await served()) === generation, { timeout: 600_000 })
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      await database.close()
    },
  }
}

const spawnCommand = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['--conditions=@ai-ticket-creator/source', '--no-warnings', BIN, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
