export { type App, type AppOptions, createApp } from './app.ts'
export {
  type AppUser,
  acceptingPlatforms,
  createUserDirectory,
  DEFAULT_USER,
  sequentialIds,
  steppingClock,
} from './defaults.ts'
export type { KeyPolicy } from './idempotency.ts'
export { createMemoryStore } from './memory-store.ts'
// For mocks and fixtures: what a new row holds, what replies show of it, and which endpoint a request reaches
export { toWire } from './moment.ts'
export { newIntegration, newTicket, type Origin } from './new-rows.ts'
export { BASE_PATH, endpointAt } from './paths.ts'
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
} from './ports.ts'
export type { Deviation } from './profiles/deviation.ts'
export { deviations } from './profiles/deviations.ts'
export { PROFILES, type Profile } from './profiles/profile.ts'
export type { RateLimit } from './profiles/rate-limit-option.ts'
export type { IntegrationRow, TicketRow } from './rows.ts'
export { showIntegration, showTicket } from './show.ts'
