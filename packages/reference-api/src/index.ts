export { type App, createApp } from './app.ts'
export type { AppOptions } from './app-options.ts'
export type { IdempotencyPolicy } from './http/idempotency.ts'
export {
  type AppUser,
  acceptingPlatforms,
  createUserDirectory,
  DEFAULT_USER,
  sequentialIds,
  steppingClock,
} from './ports/defaults.ts'
export type { Ports } from './ports/handler.ts'
export type {
  Caller,
  Clock,
  Draft,
  Drafter,
  ExternalOutcome,
  ExternalTickets,
  HealthCheckKind,
  HealthCheckOutcome,
  HealthChecks,
  IdempotencyRecord,
  IdGenerator,
  PlatformFields,
  Position,
  Rows,
  Store,
  StoredResponse,
  Sync,
  SyncOutcome,
  TicketCounts,
  UserDirectory,
  Window,
} from './ports/ports.ts'
export { BASE_PATH, endpointAt } from './ports/routes.ts'
export type { IntegrationRow, TicketRow } from './ports/rows.ts'
export { deviations } from './profiles/deviations.ts'
export type { Deviation } from './profiles/hooks.ts'
export { PROFILES, type Profile } from './profiles/profile.ts'
export type { RateLimit } from './profiles/rate-limit-option.ts'
export { serializeIntegration as showIntegration, serializeTicket as showTicket } from './serializers/entities.ts'
export { toTimestamp } from './serializers/timestamps.ts'
export { newIntegration, newTicket, type Origin } from './services/create-rows.ts'
export { createMemoryStore } from './store/memory-store.ts'
