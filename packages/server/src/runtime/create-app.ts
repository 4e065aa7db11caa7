import { type App, type AppOptions, createApp } from '@ai-ticket-creator/reference-api'
import { createSqlUserDirectory } from '../access/user-directory.ts'
import type { Database } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { createSqlStore } from '../store/sql-store.ts'
import type { Log } from './log.ts'

/** The API on a database. */
export const createServerApp = (database: Database, secrets: Secrets, settings: Settings, log: Log): App =>
  createApp({
    store: createSqlStore(database, secrets),
    users: createSqlUserDirectory(database.sql),
    clock: () => new Date(),
    ids: () => crypto.randomUUID(),
    requestIds: () => crypto.randomUUID(),
    bodyLimit: settings.BODY_LIMIT,
    ...(settings.SUNSET !== undefined && { sunset: settings.SUNSET }),
    ...(settings.RATE_LIMIT !== undefined && {
      rateLimit: { limit: settings.RATE_LIMIT, window: settings.RATE_LIMIT_WINDOW },
    }),
    ...platforms[settings.PLATFORMS],
    onError: (error, { requestId }) => log.error({ request_id: requestId, error }, 'failed'),
  })

const platforms: Readonly<Record<Settings['PLATFORMS'], Pick<AppOptions, 'external' | 'health' | 'sync' | 'fields'>>> =
  {
    none: {
      external: async () => ({ outcome: 'not_supported' }),
      // A timeout counts as a failure and changes no status by itself.
      health: async () => ({ outcome: 'timeout', message: 'this server contacts no platforms' }),
      sync: async () => ({ outcome: 'not_supported' }),
      fields: async () => undefined,
    },
    // The defaults of the app.
    simulated: {},
  }
