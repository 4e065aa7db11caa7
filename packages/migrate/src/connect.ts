import { Client } from 'pg'
import type { Database } from './database.ts'
import { MigrationFailedError } from './errors.ts'

/** A session of a PostgreSQL server. */
export interface Connection extends Database {
  readonly close: () => Promise<void>
}

/** Opens a session that is not shared. The message of an error never contains the password. */
export async function connect(url: string): Promise<Connection> {
  const client = createClient(url)
  // Without a listener a lost connection would end the process; the running query fails as well and is reported.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new MigrationFailedError(
      `cannot connect to ${client.host}:${client.port}/${client.database}: ${reasonOf(error)}`,
    )
  }
  return {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
    async query<Row>(text: string, values?: unknown[]) {
      // The caller states the form of the row that its own statement selects.
      const { rows } = await client.query(text, values)
      return { rows: rows as Row[] }
    },
    close: () => client.end(),
  }
}

function createClient(url: string): Client {
  if (!isDatabaseUrl(url))
    throw new MigrationFailedError(
      'DATABASE_URL is not a URL such as postgresql://user:password@host:5432/database; special characters in the password must be percent-encoded, for example / as %2F',
    )
  try {
    return new Client({ connectionString: url, application_name: 'ai-ticket-creator-migrate', keepAlive: true })
  } catch (error) {
    throw new MigrationFailedError(`DATABASE_URL cannot be used: ${reasonOf(error)}`)
  }
}

// Without a protocol, or with a `/`, `?` or `#` in the password, a part of the password would be read as the name of the database.
function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^postgres(?:ql)?(?:\+\w+)?:$/.test(url.protocol)) return false
  return !`${url.pathname}${url.search}${url.hash}`.includes('@')
}

// A host with several addresses fails with one error for each, and an empty message.
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
