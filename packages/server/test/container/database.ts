import { type PostgresqlServer, startServer } from '@ai-ticket-creator/test-postgresql'
import { Client } from 'pg'

/** A server with the role and the database that the image `postgres` creates from its environment. */
export async function startDatabase({
  POSTGRES_USER: user,
  POSTGRES_DB: name,
}: Readonly<Record<string, string>>): Promise<{
  /** A URL of the network of compose.yaml, as this machine reaches it. */
  readonly reach: (url: string) => string
  readonly stop: PostgresqlServer['stop']
}> {
  const server = await startServer('18')
  const client = new Client({ connectionString: server.url })
  await client.connect()
  await client.query(`create role ${user} superuser login`)
  await client.query(`create database ${name} owner ${user}`)
  await client.end()

  const { host } = new URL(server.url)
  return { reach: (url) => Object.assign(new URL(url), { host }).href, stop: server.stop }
}
