import { createBackup } from './backup/create-backup.ts'
import { type Lines, restoreBackup } from './backup/restore-backup.ts'
import { type Facts, readFacts } from './catalog/facts.ts'
import { type Database, exists, inTransaction, queryOne } from './database.ts'
import { MigrationRefusedError } from './errors.ts'
import type { Finding } from './runner/finding.ts'
import { DEFAULT_LIMITS, type Limits } from './runner/limits.ts'
import { preflight } from './runner/preflight.ts'
import { type QueryPlans, readQueryPlans } from './runner/query-plans.ts'
import { runAction } from './runner/run-action.ts'
import { withSessionLock, withSettings } from './runner/session.ts'
import {
  createState,
  dropState,
  hasState,
  loadFacts,
  markApplied,
  markStarted,
  markUndone,
  readRecords,
  type StepRecord,
} from './runner/state.ts'
import { readTicketNames, storeChoices, type TicketName, type TicketNameChoice } from './runner/ticket-names.ts'
import { STEPS } from './steps/index.ts'
import type { Action, Check, Step } from './steps/step.ts'

/** Settings of a migration. */
export interface MigrationOptions {
  /** The schema of the tables. Default: `public`. */
  readonly schema?: string
  readonly limits?: Partial<Limits>
  readonly onProgress?: (event: ProgressEvent) => void
}

/** What happens while steps run. */
export type ProgressEvent =
  | { readonly type: 'started' | 'finished'; readonly step: string; readonly direction: 'apply' | 'undo' }
  /** The step can also be `backup` or `restore`, which have no start and end. */
  | { readonly type: 'rows'; readonly step: string; readonly rows: number; readonly total: number }

/** One step with its SQL, as it would run now. */
export interface PlannedStep {
  readonly step: string
  readonly summary: string
  readonly lock: string
  readonly state: StepRecord['state']
  readonly statements: readonly string[]
}

/** All steps, and what the pre-flight check found. */
export interface Plan {
  readonly findings: readonly Finding[]
  readonly steps: readonly PlannedStep[]
}

/** The state of each step. */
export interface Status {
  readonly steps: readonly StepRecord[]
  /** The line that sets the version table of Alembic to this state; null without Alembic. */
  readonly alembic: string | null
}

/** The migration of one database. Each method can be called again after any failure. */
export interface Migration {
  readonly plan: () => Promise<Plan>
  /** Applies the steps that are not applied, up to and including `to`. */
  readonly apply: (target?: { readonly to?: string }) => Promise<Status>
  /** Undoes the steps after `to`, the last one first; without `to` all of them. */
  readonly undo: (target?: { readonly to?: string }) => Promise<Status>
  /** Checks every applied step against the rows. An empty list means that all is well. */
  readonly verify: () => Promise<readonly string[]>
  readonly status: () => Promise<Status>
  /** How PostgreSQL would run each list of the API, and the number of integrations of each platform. */
  readonly queryPlans: () => Promise<QueryPlans>
  /** Writes the schema and the rows of both tables as lines, which end with a checksum. */
  readonly backup: (write: (line: string) => Promise<void>) => Promise<{ readonly rows: number }>
  /** Restores the lines of a backup. Existing tables are changed only with `replace`. */
  readonly restore: (lines: Lines, options?: { readonly replace?: boolean }) => Promise<{ readonly rows: number }>
  /** The names of integrations in tickets that lead to none, with the integrations that could be meant. */
  readonly ticketNames: () => Promise<readonly TicketName[]>
  /** Stores the integrations that a person chose for these names; the next `apply` links their tickets. */
  readonly chooseIntegrations: (choices: readonly TicketNameChoice[]) => Promise<void>
}

/** The names of the steps, in the order in which they are applied. */
export const STEP_NAMES: readonly string[] = STEPS.map(({ id }) => id)

/** The step after which nothing of the old schema is left. */
export const LAST_STEP = 'contract'

/** The migration of the tables of one schema in a database. */
export function createMigration(database: Database, options: MigrationOptions = {}): Migration {
  const context: Context = {
    database,
    schema: options.schema ?? 'public',
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    onProgress: options.onProgress ?? (() => {}),
  }
  return {
    plan: () => withSettings(database, () => plan(context)),
    apply: ({ to } = {}) => withSessionLock(database, () => apply(context, to)),
    undo: ({ to } = {}) => withSessionLock(database, () => undo(context, to)),
    verify: () => withSettings(database, () => verify(context)),
    status: () => withSettings(database, () => status(context)),
    queryPlans: () =>
      withSettings(database, async () => readQueryPlans(database, await loadFacts(database, context.schema))),
    backup: (write) =>
      withSettings(database, () => createBackup(database, context.schema, write, rowsOf(context, 'backup'))),
    restore: (lines, { replace = false } = {}) =>
      withSessionLock(database, () => restoreBackup(database, lines, { replace, onRows: rowsOf(context, 'restore') })),
    ticketNames: () =>
      withSettings(database, async () => readTicketNames(database, await loadFacts(database, context.schema))),
    chooseIntegrations: (choices) =>
      withSessionLock(database, async () => storeChoices(database, await loadFacts(database, context.schema), choices)),
  }
}

interface Context {
  readonly database: Database
  readonly schema: string
  readonly limits: Limits
  readonly onProgress: (event: ProgressEvent) => void
}

const rowsOf =
  ({ onProgress }: Context, step: string) =>
  (rows: number, total: number) =>
    onProgress({ type: 'rows', step, rows, total })

async function plan({ database, schema }: Context): Promise<Plan> {
  const findings = (await hasState(database)) ? [] : await preflight(database, schema)
  if (findings.some(({ level }) => level === 'stop')) return { findings, steps: [] }

  const facts = await loadFacts(database, schema)
  const records = await readRecords(database)
  const steps = STEPS.map((step) => ({
    step: step.id,
    summary: step.summary,
    lock: step.lock,
    state: records.get(step.id)?.state ?? ('pending' as const),
    statements: step.forward(facts).flatMap(statementsOf),
  }))
  return { findings, steps }
}

async function apply(context: Context, to: string | undefined): Promise<Status> {
  const { database, schema } = context
  const target = indexOfStep(to ?? LAST_STEP)
  if (!(await hasState(database))) await start(context)

  const facts = await loadFacts(database, schema)
  const records = await readRecords(database)
  for (const step of STEPS.slice(0, target + 1)) {
    const state = records.get(step.id)?.state
    if (state !== 'applied' || isRepeated(step, records)) await applyStep(context, facts, step, state)
  }
  return status(context)
}

/** Whether an applied step is repeated, because the old application can have added rows since. */
const isRepeated = ({ repeatUntil }: Step, records: ReadonlyMap<string, StepRecord>): boolean =>
  repeatUntil !== undefined && !records.has(repeatUntil)

/** The state is created in one transaction, so that it exists with the facts or not at all. */
async function start({ database, schema }: Context): Promise<void> {
  const stops = (await preflight(database, schema)).filter(({ level }) => level === 'stop')
  if (stops.length > 0) throw new MigrationRefusedError(stops.map(({ message }) => message).join('\n'))
  const facts = await readFacts(database, schema)
  await inTransaction(database, () => createState(database, facts))
}

async function applyStep(
  context: Context,
  facts: Facts,
  step: Step,
  state: StepRecord['state'] | undefined,
): Promise<void> {
  // A step that was interrupted may have changed what its guards read.
  if (state === undefined) await assertNone(context.database, step.guards?.(facts) ?? [], `${step.id} cannot start`)
  await runStep(context, step, 'apply', step.forward(facts))
  await assertNone(context.database, step.checks(facts), `${step.id} is not complete`)
  await markApplied(context.database, step.id)
  context.onProgress({ type: 'finished', step: step.id, direction: 'apply' })
}

async function undo(context: Context, to: string | undefined): Promise<Status> {
  const { database, schema } = context
  if (!(await hasState(database))) return status(context)

  const facts = await loadFacts(database, schema)
  const records = await readRecords(database)
  const first = to === undefined ? 0 : indexOfStep(to) + 1
  for (const step of STEPS.slice(first).toReversed()) {
    if (!records.has(step.id)) continue
    await assertNone(database, step.undoGuards?.(facts) ?? [], `${step.id} cannot be undone`)
    await runStep(context, step, 'undo', step.backward(facts))
    await markUndone(database, step.id)
    context.onProgress({ type: 'finished', step: step.id, direction: 'undo' })
  }
  const result = await status(context)
  if (to === undefined) await dropState(database)
  return result
}

async function runStep(
  { database, limits, onProgress }: Context,
  step: Step,
  direction: 'apply' | 'undo',
  actions: readonly Action[],
): Promise<void> {
  onProgress({ type: 'started', step: step.id, direction })
  await markStarted(database, step.id, direction === 'apply' ? 'applying' : 'undoing')
  for (const [index, action] of actions.entries())
    await runAction(database, action, { step: step.id, direction, index }, limits, (progress) =>
      onProgress({ type: 'rows', step: step.id, ...progress }),
    )
}

async function verify({ database, schema }: Context): Promise<readonly string[]> {
  const records = await readRecords(database)
  if (records.size === 0) return []

  const facts = await loadFacts(database, schema)
  const problems: string[] = []
  for (const step of STEPS) {
    const state = records.get(step.id)?.state
    if (state === 'applying' || state === 'undoing')
      problems.push(`${step.id} was interrupted; run apply or undo again`)
    // A later step may have replaced what an earlier one added; the last applied step has the checks that hold.
    if (state === 'applied') problems.push(...(await findProblems(database, checksNow(step, facts, records))))
  }
  return problems
}

/** The checks of a step that still apply: those about the old columns end with the steps that rename and drop them. */
function checksNow(step: Step, facts: Facts, records: ReadonlyMap<string, StepRecord>): readonly Check[] {
  const replacedBy = step.checksUntil
  return replacedBy !== undefined && records.has(replacedBy) ? [] : step.checks(facts)
}

async function findProblems(database: Database, checks: readonly Check[]): Promise<readonly string[]> {
  const problems: string[] = []
  for (const { count, problem, unless } of checks) {
    if (unless !== undefined && (await exists(database, unless))) continue
    const found = await queryOne<{ count: number }>(database, count)
    if (found.count > 0) problems.push(problem(found.count))
  }
  return problems
}

async function assertNone(database: Database, checks: readonly Check[], prefix: string): Promise<void> {
  const problems = await findProblems(database, checks)
  if (problems.length > 0) throw new MigrationRefusedError(`${prefix}: ${problems.join('; ')}`)
}

async function status({ database, schema }: Context): Promise<Status> {
  const records = await readRecords(database)
  const steps = STEP_NAMES.map((step) => records.get(step) ?? pending(step))
  return { steps, alembic: await alembicLine(database, schema, steps) }
}

const pending = (step: string): StepRecord => ({
  step,
  state: 'pending',
  startedAt: '',
  finishedAt: null,
  seconds: null,
  rows: 0,
  locks: [],
})

// The Alembic revision of the existing backend whose tables are those after the step `contract`.
const ALEMBIC_TARGET = 'b2c3d4e5f6g7'
// The tables of this revision lack more than the columns that the migration moves, so no later revision describes them.
const ALEMBIC_INITIAL = '98111ee70178'

async function alembicLine(database: Database, schema: string, steps: readonly StepRecord[]): Promise<string | null> {
  if (!(await hasState(database))) return null
  const { alembicRevision } = await loadFacts(database, schema)
  if (alembicRevision === null) return null
  if (steps.every(({ state }) => state === 'pending')) return `alembic stamp ${alembicRevision}`
  const isComplete = steps.every(({ state }) => state === 'applied') && alembicRevision !== ALEMBIC_INITIAL
  return isComplete ? `alembic stamp ${ALEMBIC_TARGET}` : null
}

function indexOfStep(name: string): number {
  const index = STEP_NAMES.indexOf(name)
  if (index === -1) throw new MigrationRefusedError(`there is no step ${name}; the steps are ${STEP_NAMES.join(', ')}`)
  return index
}

/**
 * The statements of an action. A statement of batches has a placeholder for the range of pages, and is sent together with the
 * statement that stores the cursor.
 */
function statementsOf(action: Action): readonly string[] {
  switch (action.kind) {
    case 'ddl':
      return [
        ...(action.onViolation === undefined ? [] : statementsOf(action.onViolation)).map(
          (statement) => `-- Only if rows violate the foreign key:\n${statement}`,
        ),
        ...action.statements,
      ]
    case 'index':
      return [action.create]
    case 'drop-index':
      return [`DROP INDEX CONCURRENTLY IF EXISTS ${action.name}`]
    case 'batches':
      return [`${action.before === undefined ? '' : `WITH ${action.before} `}${action.statement}`]
  }
}
