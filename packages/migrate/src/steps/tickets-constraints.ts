import { type Facts, integrationsOf, ticketsOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Action, countOf, ddl, type Step } from './step.ts'
import { addedColumns } from './tickets-columns.ts'

// After the names: a foreign key costs 20 µs for each changed row, and the index a new entry.
export const ticketsConstraints: Step = {
  id: 'tickets-constraints',
  summary: 'Add the foreign keys and indexes of the new columns of tickets.',
  lock: 'SHARE ROW EXCLUSIVE on tickets, integrations and organizations for milliseconds, then SHARE UPDATE EXCLUSIVE on tickets; reads and writes continue',

  forward: (facts) =>
    addedColumns(facts).flatMap((column) => [...addForeignKey(facts, column), addIndex(facts, column)]),

  backward: (facts) =>
    addedColumns(facts).flatMap((column) => [
      { kind: 'drop-index', name: indexOf(facts, column), table: ticketsOf(facts) } as const,
      ddl(`ALTER TABLE ${ticketsOf(facts)} DROP CONSTRAINT IF EXISTS ${keyOf(column)}`),
    ]),

  checks: (facts) =>
    addedColumns(facts).map((column) => ({
      count: countOf(
        `(SELECT 1) AS one WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${literal(ticketsOf(facts))}) AND conname = ${literal(keyOf(column))} AND convalidated) OR NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(${literal(indexOf(facts, column))}) AND indisvalid)`,
      ),
      problem: () => `${column} of tickets lacks its foreign key or its index`,
    })),
}

function addForeignKey(facts: Facts, column: string): readonly Action[] {
  const table = ticketsOf(facts)
  const target = column === 'integration_id' ? integrationsOf(facts) : `${identifier(facts.schema)}."organizations"`
  // A row that it refers to can have been deleted since it was linked.
  const dangles = `target.${column} IS NOT NULL AND NOT EXISTS (SELECT FROM ${target} AS wanted WHERE wanted.id = target.${column})`
  return [
    {
      ...ddl(
        `ALTER TABLE ${table} ADD CONSTRAINT ${keyOf(column)} FOREIGN KEY (${column}) REFERENCES ${target} (id) NOT VALID`,
      ),
      unless: `SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${literal(table)}) AND conname = ${literal(keyOf(column))})`,
    },
    {
      ...ddl(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${keyOf(column)}`),
      onViolation: {
        kind: 'batches',
        table,
        statement: `UPDATE ${table} AS target SET ${column} = NULL WHERE :range(target.ctid) AND ${dangles}`,
        remaining: countOf(`${table} AS target WHERE ${dangles}`),
      },
    },
  ]
}

const addIndex = (facts: Facts, column: string): Action => ({
  kind: 'index',
  table: ticketsOf(facts),
  name: indexOf(facts, column),
  create: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${nameOf(column)} ON ${ticketsOf(facts)} (${column})`,
})

// The names are those of the existing application.
const keyOf = (column: string): string => `tickets_${column}_fkey`
const nameOf = (column: string): string => `ix_tickets_${column}`

const indexOf = ({ schema }: Facts, column: string): string => `${identifier(schema)}.${identifier(nameOf(column))}`
