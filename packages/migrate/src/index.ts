export type { Lines } from './backup/restore-backup.ts'
export { type Connection, connect } from './connect.ts'
export type { Database } from './database.ts'
export { MigrationFailedError, MigrationRefusedError } from './errors.ts'
export {
  createMigration,
  type Migration,
  type MigrationOptions,
  type Plan,
  type PlannedStep,
  type ProgressEvent,
  STEP_NAMES,
  type Status,
} from './migration.ts'
export type { Finding } from './runner/finding.ts'
export type { Limits } from './runner/limits.ts'
export type { QueryPlan, QueryPlans } from './runner/query-plans.ts'
export type { StepRecord, StepState, TakenLock } from './runner/state.ts'
export type { TicketName, TicketNameCandidate, TicketNameChoice } from './runner/ticket-names.ts'
