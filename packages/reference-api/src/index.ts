export { type App, type AppOptions, createApp } from './app.ts'
export type { KeyPolicy } from './http/idempotency.ts'
export {
  type AppUser,
  acceptingPlatforms,
  createUserDirectory,
  DEFAULT_USER,
  sequentialIds,
  steppingClock,
} from './ports/defaults.ts'
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
  Ids,
  KeptAnswer,
  KeyRow,
  PlatformFields,
  Position,
  Rows,
  Store,
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
export { showIntegration, showTicket } from './serializers/entities.ts'
// For mocks and fixtures: what a new row holds, what replies show of it, and which endpoint a request reaches
export { toWire } from './serializers/timestamps.ts'
export { newIntegration, newTicket, type Origin } from './services/create-rows.ts'
export { createMemoryStore } from './store/memory-store.ts'
