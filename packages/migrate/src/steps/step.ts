import type { Facts } from '../catalog/facts.ts'

/**
 * A part of a step. Every action can run again after it was interrupted anywhere, and has the same result.
 *
 * - `ddl`: statements that run in one short transaction, with `lock_timeout` and retries.
 * - `index`: an index that is built concurrently. An invalid one, which a crash leaves, is dropped first.
 * - `drop-index`: an index that is dropped concurrently.
 * - `batches`: a statement that runs for the rows of some pages at a time, each time in a transaction of its own.
 */
export type Action = DdlAction | IndexAction | DropIndexAction | BatchAction

export interface DdlAction {
  readonly kind: 'ddl'
  readonly statements: readonly string[]
  /** A query for one boolean. If it is true, the action has no effect and is skipped. */
  readonly unless?: string
  /** Changes the rows that violate a foreign key. It runs only if there are any, and the statements are tried again. */
  readonly onViolation?: BatchAction
}

interface IndexAction {
  readonly kind: 'index'
  readonly name: string
  readonly table: string
  readonly create: string
  readonly unless?: string
}

interface DropIndexAction {
  readonly kind: 'drop-index'
  readonly name: string
  readonly table: string
  readonly unless?: string
}

export interface BatchAction {
  readonly kind: 'batches'
  /** The table whose pages are walked. */
  readonly table: string
  /** Common table expressions that the statement uses. */
  readonly before?: string
  /** It or `before` has `:range(ctid)`, which is replaced by a condition on this column of the table. */
  readonly statement: string
  /**
   * In how many passes the rows of a page are changed; default: 1. If all of them changed at once, none of their new versions
   * would fit into the page.
   */
  readonly passes?: number
  /** Counts the rows that are still to be changed. The action is repeated until it is 0, unless `mayRemain`. */
  readonly remaining: string
  /** Multiplies the time and the rows of a batch, where clients rarely change the same rows. Default: 1. */
  readonly sizeFactor?: number
  /** The statement joins tables that are much smaller than `table`: the planner can read them for each batch. */
  readonly joinsSmallTables?: boolean
  /** Clients can add such rows all the time, and a later run changes them: the action ends after one whole walk. */
  readonly mayRemain?: boolean
  readonly unless?: string
}

/** A query that counts what is wrong, and a sentence about it. */
export interface Check {
  readonly count: string
  /** A query for one boolean. If it is true, the tables are not in a state in which the check can run, and it is skipped. */
  readonly unless?: string
  readonly problem: (count: number) => string
}

/** One step of the migration. Its statements are data, so that the same ones are planned, printed, linted and run. */
export interface Step {
  readonly id: string
  readonly summary: string
  /** The strongest lock, and for how long; the runner records the locks that were really taken. */
  readonly lock: string
  /** Must count 0 before the step is applied. */
  readonly guards?: (facts: Facts) => readonly Check[]
  /** Must count 0 before the step is undone. */
  readonly undoGuards?: (facts: Facts) => readonly Check[]
  readonly forward: (facts: Facts) => readonly Action[]
  /** From any state of `forward`, also from the middle, back to the state before it. */
  readonly backward: (facts: Facts) => readonly Action[]
  /** Must count 0 once the step is applied. */
  readonly checks: (facts: Facts) => readonly Check[]
  /** Until this step is applied, every run of apply repeats the step for the rows that the old application added. */
  readonly repeatUntil?: string
  /** The step that removes what the checks are about; from there on they no longer apply. */
  readonly checksUntil?: string
}

export const ddl = (...statements: readonly string[]): DdlAction => ({ kind: 'ddl', statements })

/** The passes of a statement that changes every row of a table. */
export const PASSES = 16

/** Reads new statistics of columns that were filled: with those of the empty columns, the planner expects no rows. */
export const analyze = (table: string, columns: readonly string[]): DdlAction =>
  ddl(`ANALYZE ${table} (${columns.join(', ')})`)

/** A count of rows as a number: the driver returns `bigint` as text. */
export const countOf = (from: string): string => `SELECT count(*)::float8 AS count FROM ${from}`
