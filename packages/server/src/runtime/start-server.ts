import { Hono } from 'hono'
import type { Database } from '../database/database.ts'
import { schemaUp } from '../schema/schema.ts'
import type { Settings } from '../settings/settings.ts'
import { createServerApp } from './create-app.ts'
import { answerHealth } from './health.ts'
import { type HttpServer, listen } from './http-server.ts'
import type { Log } from './log.ts'
import { logRequests } from './log-request.ts'
import { openSecrets } from './open-secrets.ts'

/** Brings the schema up and serves the API on a database. The caller closes the database after the server stopped. */
export async function startServer(
  database: Database,
  settings: Settings,
  log: Log,
): Promise<Pick<HttpServer, 'url' | 'stop'>> {
  for (const step of await schemaUp(database.sql)) log.info({ step }, 'schema step applied')
  const secrets = await openSecrets(database.sql, settings)
  const app = createServerApp(database, secrets, settings, log)
  const answer = logRequests(app.fetch, log)

  const routes = new Hono()
  routes.get('/health', () => answerHealth(database, server.isDraining()))
  // The app also answers paths that do not exist.
  routes.all('*', ({ req }) => answer(req.raw))

  const server = await listen((request) => routes.fetch(request), settings)
  return server
}
