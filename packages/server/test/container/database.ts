import { type PostgresqlServer, startServer } from '@ai-ticket-creator/test-postgresql'
import { Client } from 'pg'

/** A server with the role and the database that the image `postgres` creates from its environment. */
export async function startDatabase({
  POSTGRES_USER: user,
  POSTGRES_DB: name,
}: Readonly<Record<string, string>>): Promise<{
  /** Replaces the host and the port of a URL in compose.yaml by those of the started server. */
  readonly toReachableUrl: (url: string) => string
  readonly stop: PostgresqlServer['stop']
}> {
  const server = await startServer('18')
  try {
    await runStatements(server.url, [`create role ${user} superuser login`, `create database ${name} owner ${user}`])
  } catch (error) {
    await server.stop()
    throw error
  }
  const { host } = new URL(server.url)
  return {
    toReachableUrl(url) {
      const reachable = new URL(url)
      reachable.host = host
      return reachable.href
    },
    stop: server.stop,
  }
}

async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
