import { type Facts, readFacts } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Database, exists, queryOne } from '../database.ts'

/** `applying` and `undoing` are steps that were interrupted; both commands continue from there. */
export type StepState = 'pending' | 'applying' | 'applied' | 'undoing'

/** A lock that a step took, as `pg_locks` showed it. */
export interface TakenLock {
  readonly relation: string
  readonly mode: string
}

/** What is stored about a step. */
export interface StepRecord {
  readonly step: string
  readonly state: StepState
  readonly startedAt: string
  readonly finishedAt: string | null
  /** From its first start to its end, interruptions included. At least 0: the clock of the server can be set back. */
  readonly seconds: number | null
  readonly rows: number
  readonly locks: readonly TakenLock[]
}

/** Whether a migration has been started. */
export const hasState = (database: Database): Promise<boolean> =>
  exists(database, `to_regclass('${STATE_SCHEMA}.steps') IS NOT NULL`)

/** The facts that the first run stored; without a first run, the facts of the present tables. */
export async function loadFacts(database: Database, schema: string): Promise<Facts> {
  if (!(await hasState(database))) return readFacts(database, schema)
  const { facts } = await queryOne<{ facts: Facts }>(database, `SELECT facts FROM ${STATE_SCHEMA}.facts`)
  return facts
}

/** Creates the tables for the progress, and stores the facts. */
export async function createState(database: Database, facts: Facts): Promise<void> {
  await database.query(`CREATE SCHEMA ${STATE_SCHEMA}`)
  await database.query(`CREATE TABLE ${STATE_SCHEMA}.facts (facts jsonb NOT NULL)`)
  await database.query(
    `CREATE TABLE ${STATE_SCHEMA}.steps (step text PRIMARY KEY, state text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz, rows float8 NOT NULL DEFAULT 0, locks jsonb NOT NULL DEFAULT '[]')`,
  )
  await database.query(
    `CREATE TABLE ${STATE_SCHEMA}.progress (action text PRIMARY KEY, page float8 NOT NULL, pass int NOT NULL)`,
  )
  await database.query(`INSERT INTO ${STATE_SCHEMA}.facts VALUES (${literal(JSON.stringify(facts))}::jsonb)`)
}

export const dropState = async (database: Database): Promise<void> => {
  await database.query(`DROP SCHEMA ${STATE_SCHEMA} CASCADE`)
}

export async function readRecords(database: Database): Promise<ReadonlyMap<string, StepRecord>> {
  if (!(await hasState(database))) return new Map()
  const { rows } = await database.query<StepRecord>(
    `SELECT step, state, started_at::text AS "startedAt", finished_at::text AS "finishedAt", greatest(round(extract(epoch FROM finished_at - started_at), 1), 0)::float8 AS seconds, rows, locks FROM ${STATE_SCHEMA}.steps`,
  )
  return new Map(rows.map((record) => [record.step, record]))
}

/** Marks a step as running. A step that is continued in the same direction keeps its progress. */
export async function markStarted(database: Database, step: string, state: 'applying' | 'undoing'): Promise<void> {
  await database.query(
    `INSERT INTO ${STATE_SCHEMA}.steps (step, state, started_at) VALUES ($1, $2, clock_timestamp())
      ON CONFLICT (step) DO UPDATE SET state = $2, finished_at = NULL`,
    [step, state],
  )
}

export async function markApplied(database: Database, step: string): Promise<void> {
  await database.query(
    `UPDATE ${STATE_SCHEMA}.steps SET state = 'applied', finished_at = clock_timestamp() WHERE step = $1`,
    [step],
  )
}

export async function markUndone(database: Database, step: string): Promise<void> {
  await database.query(`DELETE FROM ${STATE_SCHEMA}.progress WHERE action LIKE $1 || ' %'`, [step])
  await database.query(`DELETE FROM ${STATE_SCHEMA}.steps WHERE step = $1`, [step])
}

/** Adds what an action did; a lock that is already recorded is not repeated. */
export async function record(
  database: Database,
  step: string,
  { rows = 0, locks = [] }: { readonly rows?: number; readonly locks?: readonly TakenLock[] },
): Promise<void> {
  await database.query(
    `UPDATE ${STATE_SCHEMA}.steps SET rows = rows + $2::float8,
        locks = (SELECT coalesce(jsonb_agg(DISTINCT lock), '[]') FROM jsonb_array_elements(locks || $3::jsonb) AS lock)
      WHERE step = $1`,
    [step, rows, JSON.stringify(locks)],
  )
}
