/** Limits of the migration. The defaults suit a database in use. */
export interface Limits {
  /** How long a statement waits for a lock of a table, in milliseconds. Other clients wait behind it for as long. */
  readonly lockTimeout: number
  /** How many times a statement is tried before the step fails. */
  readonly lockAttempts: number
  /** The time that a batch should take, in milliseconds. */
  readonly batchTime: number
  /** The most rows of a batch. */
  readonly batchRows: number
}

export const DEFAULT_LIMITS: Limits = { lockTimeout: 50, lockAttempts: 100, batchTime: 40, batchRows: 5000 }
