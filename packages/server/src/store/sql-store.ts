import type { Store } from '@ai-ticket-creator/reference-api'
import type { Database } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { createIdempotencyRecords } from './idempotency-records.ts'
import { createIntegrations } from './integrations.ts'
import { createTickets } from './tickets.ts'

/** The store of the API in a database whose schema is up to date. */
export function createSqlStore({ sql }: Database, secrets: Secrets): Store {
  return {
    integrations: createIntegrations(sql, secrets),
    tickets: createTickets(sql, secrets),
    keys: createIdempotencyRecords(sql),
  }
}
