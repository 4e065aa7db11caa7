import { type Facts, integrationsOf, NEW_COLUMNS } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { type Action, type Check, countOf, ddl, type Step } from './step.ts'

// SET NOT NULL scans the table under ACCESS EXCLUSIVE, unless a validated check proves that there is no null. A check is added
// without a scan and validated under a lock that lets readers and writers continue.

const constraintOf = (column: string): string => `ai_ticket_creator_${column}_not_null`

export const checks: Step = {
  id: 'checks',
  checksUntil: 'not-null',
  summary: 'Forbid null in the new columns for new and changed rows.',
  lock: 'ACCESS EXCLUSIVE on integrations for milliseconds',
  forward: (facts) => addChecks(integrationsOf(facts), NEW_COLUMNS),
  backward: (facts) => [ddl(...dropChecks(integrationsOf(facts), NEW_COLUMNS))],
  checks: (facts) => [constraintCheck(facts, "contype = 'c'")],
}

export const validate: Step = {
  id: 'validate',
  checksUntil: 'not-null',
  summary: 'Verify that no row has a null in the new columns.',
  lock: 'SHARE UPDATE EXCLUSIVE on integrations for one scan; reads and writes continue',
  forward: (facts) => validateChecks(integrationsOf(facts), NEW_COLUMNS),
  // A check may stay validated: that changes nothing for clients.
  backward: () => [],
  checks: (facts) => [constraintCheck(facts, "contype = 'c' AND convalidated")],
}

export const notNull: Step = {
  id: 'not-null',
  summary: 'Declare the new columns NOT NULL.',
  lock: 'ACCESS EXCLUSIVE on integrations for milliseconds',
  forward: (facts) => [setNotNull(integrationsOf(facts), NEW_COLUMNS)],
  backward: (facts) => [
    ddl(
      ...dropChecks(integrationsOf(facts), NEW_COLUMNS),
      `ALTER TABLE ${integrationsOf(facts)} ${NEW_COLUMNS.map((column) => `ALTER COLUMN ${column} DROP NOT NULL`).join(', ')}`,
      `ALTER TABLE ${integrationsOf(facts)} ${NEW_COLUMNS.map(addCheck).join(', ')}`,
    ),
    ...validateChecks(integrationsOf(facts), NEW_COLUMNS),
  ],
  checks: (facts) => [
    {
      count: countOf(
        `pg_attribute WHERE attrelid = to_regclass(${literal(integrationsOf(facts))}) AND attname IN (${NEW_COLUMNS.map(literal).join(', ')}) AND NOT attnotnull`,
      ),
      problem: (count) => `${count} of the new columns of integrations allow null`,
    },
  ],
}

/** All three steps for any columns, each action skipped when the columns are NOT NULL already. */
export function makeNotNull(table: string, columns: readonly string[]): readonly Action[] {
  return [...addChecks(table, columns), ...validateChecks(table, columns), setNotNull(table, columns)].map(
    (action) => ({ ...action, unless: areNotNull(table, columns) }),
  )
}

/** As `makeNotNull`, for a column that may have to stay nullable: while a row has null there, nothing is done. */
export const makeNotNullIfFilled = (table: string, column: string): readonly Action[] =>
  makeNotNull(table, [column]).map((action) => ({
    ...action,
    unless: `SELECT (${areNotNull(table, [column])}) OR EXISTS (SELECT FROM ${table} WHERE ${column} IS NULL)`,
  }))

function addChecks(table: string, columns: readonly string[]): readonly Action[] {
  return [ddl(...dropChecks(table, columns), `ALTER TABLE ${table} ${columns.map(addCheck).join(', ')}`)]
}

const addCheck = (column: string): string =>
  `ADD CONSTRAINT ${constraintOf(column)} CHECK (${column} IS NOT NULL) NOT VALID`

const dropChecks = (table: string, columns: readonly string[]): readonly string[] => [
  `ALTER TABLE ${table} ${columns.map((column) => `DROP CONSTRAINT IF EXISTS ${constraintOf(column)}`).join(', ')}`,
]

// One transaction each, so that each lock is held for one scan.
const validateChecks = (table: string, columns: readonly string[]): readonly Action[] =>
  columns.map((column) => ({
    ...ddl(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${constraintOf(column)}`),
    unless: areNotNull(table, [column]),
  }))

const setNotNull = (table: string, columns: readonly string[]) =>
  ddl(
    `ALTER TABLE ${table} ${columns.map((column) => `ALTER COLUMN ${column} SET NOT NULL`).join(', ')}`,
    ...dropChecks(table, columns),
  )

const areNotNull = (table: string, columns: readonly string[]): string =>
  `SELECT count(*) = ${columns.length} FROM pg_attribute WHERE attrelid = to_regclass(${literal(table)}) AND attname IN (${columns.map(literal).join(', ')}) AND attnotnull`

const constraintCheck = (facts: Facts, condition: string): Check => ({
  count: countOf(
    `unnest(ARRAY[${NEW_COLUMNS.map((column) => literal(constraintOf(column))).join(', ')}]) AS wanted (name) WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${literal(integrationsOf(facts))}) AND conname = wanted.name AND ${condition})`,
  ),
  problem: (count) => `${count} of the checks on the new columns are missing or not validated`,
})
