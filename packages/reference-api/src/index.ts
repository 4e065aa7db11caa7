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
export type { IntegrationRow, TicketRow } from './rows.ts'
