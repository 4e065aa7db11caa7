import { randomUUID } from 'node:crypto'
import type { Generation } from '@ai-ticket-creator/domain'
import type { Store } from '@ai-ticket-creator/reference-api'
import {
  createSecrets,
  createSqlStore,
  createToken,
  type Database,
  openPostgresql,
  schemaUp,
  writeGeneration,
} from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { vi } from 'vitest'
import { startProcess } from '../../server/test/server-process.ts'

/** Processes of the server on one database. */
export interface ServerProcesses {
  /** Sends a request to one of the processes, at random. The host of the URL is ignored. */
  readonly fetch: (request: Request) => Promise<Response>
  /** A store on the same database. */
  readonly store: Store
  /** Creates an organization without rows, and a token for it. */
  readonly createOrganization: () => Promise<{ readonly organizationId: string; readonly token: string }>
  /** Resolves when every process serves the generation. */
  readonly switchGeneration: (generation: Generation) => Promise<void>
  readonly close: () => Promise<void>
}

const KEY = { id: 1, bytes: new Uint8Array(32).fill(7) }

/** Starts `count` processes with additional settings. `DATABASE_URL` can be the URL of a connection pooler. */
export async function startServerProcesses(
  url: string,
  { count, settings = {} }: { readonly count: number; readonly settings?: Readonly<Record<string, string>> },
): Promise<ServerProcesses> {
  const database = openPostgresql(url, { maxConnections: 2 })
  await schemaUp(database.sql)
  const env = {
    DATABASE_URL: url,
    DATABASE_CONNECTIONS: '5',
    SECRET_KEYS: `${KEY.id}:${Buffer.from(KEY.bytes).toString('base64')}`,
    ...settings,
  }
  const processes = await Promise.all(Array.from({ length: count }, () => startProcess(env)))

  let current: Generation = 'current'
  return {
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      const server = processes[Math.floor(Math.random() * processes.length)]
      return fetch(new Request(`${server?.url}${pathname}${search}`, request))
    },
    store: createSqlStore(database, createSecrets([KEY])),
    createOrganization: () => createOrganization(database),
    async switchGeneration(generation) {
      if (generation === current) return
      current = generation
      await writeGeneration(database.sql, generation)
      const isServedBy = async (server: string): Promise<boolean> => {
        const { headers } = await fetch(`${server}/api/v1/tickets/`)
        return headers.get('API-Generation') === generation
      }
      const isServed = async () => (await Promise.all(processes.map(({ url: one }) => isServedBy(one)))).every(Boolean)
      await vi.waitUntil(isServed, { timeout: 600_000, interval: 50 })
    },
    async close() {
      await Promise.all(processes.map((server) => server.end('SIGTERM')))
      await database.close()
    },
  }
}

async function createOrganization({ sql: db }: Database) {
  const organizationId = randomUUID()
  await sql`insert into organizations (id, name) values (${organizationId}, ${organizationId})`.execute(db)
  const { token } = await createToken(db, {
    organization: organizationId,
    email: 'agent@acme.test',
    name: organizationId,
  })
  return { organizationId, token }
}
