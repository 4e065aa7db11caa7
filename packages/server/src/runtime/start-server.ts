import type { App } from '@ai-ticket-creator/reference-api'
import { Hono } from 'hono'
import type { Database } from '../database/database.ts'
import { schemaUp } from '../schema/schema.ts'
import type { Settings } from '../settings/settings.ts'
import { requireAdmin } from './admin-access.ts'
import { createServerApp } from './create-app.ts'
import { followGeneration, GENERATION_PAUSE } from './follow-generation.ts'
import { answerHealth } from './health.ts'
import { type HttpServer, listen } from './http-server.ts'
import { type Log, logRequest } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openSecrets } from './open-secrets.ts'
import { repeat, type Stop } from './repeat.ts'
import { observeRequests } from './request-record.ts'

/** Brings the schema up and serves the API on a database. The caller closes the database after the server stopped. */
export async function startServer(
  database: Database,
  settings: Settings,
  log: Log,
): Promise<Pick<HttpServer, 'url' | 'stop'>> {
  for (const step of await schemaUp(database.sql)) log.info({ step }, 'schema step applied')
  const secrets = await openSecrets(database.sql, settings)
  const app = createServerApp(database, secrets, settings, log)
  await followGeneration(app, database.sql, log)

  const server = await listen(
    createRoutes(database, app, settings, log, () => server.isDraining()),
    settings,
  )
  const stopTasks = startTasks(database, app, settings, log)
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await Promise.all(stopTasks.map((stop) => stop()))
    },
  }
}

function createRoutes(
  database: Database,
  app: App,
  { ADMIN_TOKEN }: Settings,
  log: Log,
  isDraining: () => boolean,
): (request: Request) => Response | Promise<Response> {
  const metrics = createMetrics(() => app.generation)
  const answer = observeRequests(app.fetch, [logRequest(log), metrics.observe])
  const routes = new Hono()
  routes.get('/health', () => answerHealth(database, isDraining()))
  routes.get('/metrics', requireAdmin(ADMIN_TOKEN), metrics.answer)
  // The app also answers paths that do not exist.
  routes.all('*', ({ req }) => answer(req.raw))
  return (request) => routes.fetch(request)
}

function startTasks({ sql }: Database, app: App, { PLATFORMS }: Settings, log: Log): readonly Stop[] {
  const onError = (error: unknown): void => log.error({ error }, 'background task failed')
  return [
    repeat(() => followGeneration(app, sql, log), { pause: () => GENERATION_PAUSE, onError }),
    // Without platforms there is nothing to ask.
    ...(PLATFORMS === 'none' ? [] : [repeat(() => app.runDueChecks(), { pause: checkPause, onError })]),
  ]
}

/** Milliseconds, different each time, so that several processes do not check at the same moment. */
const checkPause = (): number => 5000 + Math.random() * 5000
