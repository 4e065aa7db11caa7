import { type App, type AppOptions, type Clock, createApp, type IdGenerator } from '@ai-ticket-creator/reference-api'
import { createSqlUserDirectory } from '../access/user-directory.ts'
import type { Database } from '../database/database.ts'
import { createTicketFiling } from '../platforms/file-tickets.ts'
import { createHealthChecks } from '../platforms/health-checks.ts'
import { createMailLogin } from '../platforms/mail-login.ts'
import { createSend } from '../platforms/send.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { createSqlStore } from '../store/sql-store.ts'
import type { Log } from './log.ts'

const clock = () => new Date()
const newId = () => crypto.randomUUID()

/** The API on a database. */
export function createServerApp(database: Database, secrets: Secrets, settings: Settings, log: Log): App {
  return createApp({
    store: createSqlStore(database, secrets),
    users: createSqlUserDirectory(database.sql),
    clock,
    newId,
    newRequestId: newId,
    bodyLimit: settings.BODY_LIMIT,
    ...(settings.SUNSET !== undefined && { sunset: settings.SUNSET }),
    ...(settings.RATE_LIMIT !== undefined && {
      rateLimit: { limit: settings.RATE_LIMIT, window: settings.RATE_LIMIT_WINDOW },
    }),
    ...platformsOf(settings, { clock, newId }),
    onError: (error, { requestId }) => log.error({ request_id: requestId, error }, 'failed'),
  })
}

type Platforms = Pick<AppOptions, 'external' | 'health' | 'sync' | 'fields'>

function platformsOf(
  { PLATFORMS, PLATFORM_NETWORKS }: Settings,
  origin: { clock: Clock; newId: IdGenerator },
): Platforms {
  const reach = { allowed: PLATFORM_NETWORKS }
  const [send, logIn] = [createSend(reach), createMailLogin(reach)]
  switch (PLATFORMS) {
    case 'none':
      return {
        ...noPlatform,
        health: async () => ({ outcome: 'not_checked', message: 'this server contacts no platforms' }),
      }
    case 'checked':
      return { ...noPlatform, health: createHealthChecks({ ...origin, send, logIn }) }
    case 'real':
      return {
        ...noPlatform,
        health: createHealthChecks({ ...origin, send, logIn }),
        external: createTicketFiling({ ...origin, send }),
      }
    case 'simulated':
      // The app simulates platforms by default.
      return {}
  }
}

const noPlatform: Platforms = {
  external: async () => ({ outcome: 'not_supported' }),
  sync: async () => ({ outcome: 'not_supported' }),
  fields: async () => undefined,
}
