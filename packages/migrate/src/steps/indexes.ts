import { type Facts, integrationsOf, NEW_COLUMNS } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { countOf, type Step } from './step.ts'

// The names are those of the existing application.
const nameOf = (column: string): string => `ix_integrations_${column}`

// The step follows `reconcile`, because each row that `reconcile` changes would need new entries in these indexes.
export const indexes: Step = {
  id: 'indexes',
  summary: 'Build the indexes of the new columns concurrently.',
  lock: 'SHARE UPDATE EXCLUSIVE on integrations while it builds; reads and writes continue',

  forward: (facts) =>
    NEW_COLUMNS.map((column) => ({
      kind: 'index',
      table: integrationsOf(facts),
      name: indexOf(facts, column),
      create: `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${nameOf(column)} ON ${integrationsOf(facts)} (${column})`,
    })),

  backward: (facts) =>
    NEW_COLUMNS.map((column) => ({ kind: 'drop-index', name: indexOf(facts, column), table: integrationsOf(facts) })),

  checks: (facts) => [
    {
      count: countOf(
        `unnest(ARRAY[${NEW_COLUMNS.map((column) => literal(indexOf(facts, column))).join(', ')}]) AS wanted (name) WHERE NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(wanted.name) AND indisvalid)`,
      ),
      problem: (count) => `${count} of the new indexes are missing or invalid`,
    },
  ],
}

const indexOf = ({ schema }: Facts, column: string): string => `${identifier(schema)}.${identifier(nameOf(column))}`
