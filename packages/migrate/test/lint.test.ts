import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, createMigration, type PlannedStep } from '../src/index.ts'
import { createLegacyTables } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

// What the linter cannot see in the statements, because the runner does it: a lock_timeout and a transaction around each action,
// and no limit for a statement that blocks nobody. The existing application has declared varchar(50).
const DONE_BY_THE_RUNNER = ['require-lock-timeout', 'require-statement-timeout', 'prefer-robust-stmts']
const OF_THE_EXISTING_APPLICATION = ['prefer-text-field']

const INTENDED: Readonly<Record<string, readonly string[]>> = {
  // A check of an earlier step, which is validated, proves that there is no null, so nothing is scanned.
  'not-null': ['adding-not-nullable-field'],
  // These break old clients. The last two steps do that on purpose, and only after a confirmation.
  retire: ['renaming-column'],
  contract: ['ban-drop-column'],
}

let steps: readonly PlannedStep[]
let database: Connection
beforeAll(async () => {
  database = await openDatabase()
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(statement)
  steps = (await createMigration(database).plan()).steps
})
afterAll(() => database.close())

/** The rules that statements break. */
function lint(statements: readonly string[]): readonly string[] {
  const squawk = createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk')
  const sql = statements.map((statement) => `${statement.replaceAll(/:range\([\w.]+\)/g, 'true')};\n`).join('')
  const excluded = [...DONE_BY_THE_RUNNER, ...OF_THE_EXISTING_APPLICATION].join(',')
  try {
    execFileSync(process.execPath, [squawk, '--pg-version', '15', '--reporter', 'json', '--exclude', excluded], {
      input: sql,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    return []
  } catch (error) {
    const stdout = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    const found: readonly { rule_name: string }[] = JSON.parse(stdout)
    return [...new Set(found.map(({ rule_name }) => rule_name))]
  }
}

test.each([
  ['CREATE INDEX names ON public.tickets (title)', 'require-concurrent-index-creation'],
  ['ALTER TABLE public.tickets ALTER COLUMN title SET NOT NULL', 'adding-not-nullable-field'],
  ['ALTER TABLE public.tickets ADD CONSTRAINT short CHECK (length(title) < 9)', 'constraint-missing-not-valid'],
])('the linter finds the lock hazard in %s', (statement, rule) => {
  expect(lint([statement])).toEqual([rule])
})

test('no step has a lock hazard but those that are intended', () => {
  const found = steps.map(({ step, statements }) => [step, lint(statements)] as const)

  expect(Object.fromEntries(found.filter(([, rules]) => rules.length > 0))).toEqual(INTENDED)
})
