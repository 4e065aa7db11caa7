import type { App } from '@ai-ticket-creator/reference-api'
import { Hono } from 'hono'
import type { Database } from '../database/database.ts'
import { createDeprecationCounter, type DeprecationCounter } from '../operations/deprecation-counter.ts'
import { followSecretForm } from '../operations/secret-form.ts'
import { schemaUp } from '../schema/schema.ts'
import type { StoredSecrets } from '../secrets/stored-secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { requireAdmin } from './admin-access.ts'
import { answerDeprecations } from './answer-deprecations.ts'
import { answerOpenApi } from './answer-openapi.ts'
import { countDeprecations } from './count-deprecations.ts'
import { createServerApp } from './create-app.ts'
import { allowOrigins } from './cross-origin.ts'
import { followGeneration } from './follow-generation.ts'
import { answerHealth } from './health.ts'
import { listen, type RunningServer } from './http-server.ts'
import { type Log, logRequest } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openSecrets } from './open-secrets.ts'
import { addReferencePage } from './reference-page.ts'
import { repeat, type Stop } from './repeat.ts'
import { observeRequests } from './request-record.ts'

/** What the parts of a running server share. */
interface Service {
  readonly database: Database
  readonly settings: Settings
  readonly log: Log
  readonly app: App
  readonly deprecations: DeprecationCounter
  readonly secrets: StoredSecrets
  readonly metrics: Metrics | undefined
}

/** Brings the schema up and serves the API on a database. The caller closes the database after the server stopped. */
export async function startServer(database: Database, settings: Settings, log: Log): Promise<RunningServer> {
  for (const step of await schemaUp(database.sql)) log.info({ step }, 'schema step applied')
  const secrets = await openSecrets(database.sql, settings)
  const app = createServerApp(database, secrets, settings, log)
  const deprecations = createDeprecationCounter(() => new Date())
  const metrics = await openMetrics(app, settings)
  const service: Service = { database, settings, log, app, deprecations, secrets, metrics }
  await followGeneration(app, database.sql, log)

  const server = await listen(
    createRoutes(service, () => server.isDraining()),
    settings,
  )
  const tasks = startTasks(service)
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await Promise.all(tasks.map((stop) => stop()))
      await deprecations.flush(database.sql)
    },
  }
}

/** Nobody can read metrics without an admin token. Then their library is not loaded, and the server starts faster. */
async function openMetrics(app: App, { ADMIN_TOKEN }: Settings): Promise<Metrics | undefined> {
  if (ADMIN_TOKEN === undefined) return undefined
  const { createMetrics } = await import('./metrics.ts')
  return createMetrics(() => app.generation)
}

function createRoutes(
  { database, settings, log, app, deprecations, metrics }: Service,
  isDraining: () => boolean,
): (request: Request) => Response | Promise<Response> {
  const observers = [
    logRequest(log),
    ...(metrics === undefined ? [] : [metrics.observe]),
    countDeprecations(deprecations),
  ]
  const answer = observeRequests(app.fetch, observers)

  const routes = new Hono()
  routes.get('/health', () => answerHealth(database, isDraining()))
  routes.get('/openapi.json', () => answerOpenApi(app.generation))
  addReferencePage(routes)
  routes.on('GET', ['/metrics', '/admin/deprecations'], requireAdmin(settings.ADMIN_TOKEN))
  if (metrics !== undefined) routes.get('/metrics', metrics.answer)
  routes.get('/admin/deprecations', ({ req }) => answerDeprecations(database, settings, req.query('days')))
  routes.use('/api/*', allowOrigins(settings.CORS_ORIGINS))
  // The app also answers paths that do not exist.
  routes.all('*', ({ req }) => answer(req.raw))
  routes.onError((error) => {
    log.error({ error }, 'failed')
    return Response.json({ detail: 'the service failed', code: 'internal' }, { status: 500 })
  })
  return (request) => routes.fetch(request)
}

function startTasks({ database: { sql }, settings, log, app, deprecations, secrets }: Service): readonly Stop[] {
  const onError = (error: unknown): void => log.error({ error }, 'background task failed')
  const every = (milliseconds: () => number, task: () => Promise<unknown>): Stop =>
    repeat(task, { pause: milliseconds, onError })
  return [
    // Changes of the generation and of the form of secrets are followed within 5 s.
    every(
      () => 2000,
      () => followGeneration(app, sql, log),
    ),
    every(
      () => 2000,
      () => followSecretForm(sql, secrets),
    ),
    every(
      () => 5000,
      () => deprecations.flush(sql),
    ),
    // Without platforms no check can run. Random pauses, so that several processes do not check at the same time.
    ...(settings.PLATFORMS === 'none' ? [] : [every(() => 5000 + Math.random() * 5000, app.runDueChecks)]),
  ]
}
