import { typeOfPlatform } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, NEW_COLUMNS, ORIGINAL, ticketsOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Check, countOf, ddl, type Step } from './step.ts'
import { addedColumns } from './tickets-columns.ts'

const viewOf = ({ schema }: Facts, name: string): string => `${identifier(schema)}.${identifier(name)}`

export const view: Step = {
  id: 'view',
  summary:
    'Add the views integrations_legacy and tickets_legacy with the old columns, for reports that read the tables by SQL.',
  lock: 'none on the tables',

  // The row security of the tables applies to the reader of the view, not to its owner.
  forward: (facts) => [
    createView(facts, 'integrations_legacy', {
      selection: integrationColumns(facts),
      table: integrationsOf(facts),
      readers: facts.readers,
    }),
    ...(facts.tickets === null
      ? []
      : [
          createView(facts, 'tickets_legacy', {
            selection: ticketColumns(facts, facts.tickets.columns),
            table: ticketsOf(facts),
            readers: facts.tickets.readers,
          }),
        ]),
  ],

  backward: (facts) => [ddl(...viewNames(facts).map((name) => `DROP VIEW IF EXISTS ${viewOf(facts, name)}`))],

  checks: (facts) =>
    viewNames(facts).map(
      (name): Check => ({
        count: countOf(`(SELECT 1) AS one WHERE to_regclass(${literal(viewOf(facts, name))}) IS NULL`),
        problem: () => `the view ${name} is missing`,
      }),
    ),
}

const viewNames = ({ tickets }: Facts): readonly string[] => [
  'integrations_legacy',
  ...(tickets === null ? [] : ['tickets_legacy']),
]

const createView = (
  facts: Facts,
  name: string,
  {
    selection,
    table,
    readers,
  }: { readonly selection: readonly string[]; readonly table: string; readonly readers: readonly string[] },
) =>
  ddl(
    `CREATE OR REPLACE VIEW ${viewOf(facts, name)} WITH (security_invoker = true) AS SELECT ${selection.join(', ')} FROM ${table}`,
    ...readers.map((role) => `GRANT SELECT ON ${viewOf(facts, name)} TO ${role}`),
  )

/** The old columns are computed from the new ones, so the views do not depend on the columns that contract drops. */
const integrationColumns = (facts: Facts): readonly string[] =>
  facts.columns
    .filter((column) => !(NEW_COLUMNS as readonly string[]).includes(column))
    .map((column) => {
      if (column === 'integration_type') return `${typeOfPlatform(facts, 'platform_name')} AS integration_type`
      return column === 'is_enabled' ? 'enabled AS is_enabled' : identifier(column)
    })

const ticketColumns = (facts: Facts, columns: readonly string[]): readonly string[] =>
  columns
    .filter((column) => !addedColumns(facts).includes(column))
    .map((column) =>
      column === ORIGINAL.routing
        ? `(SELECT integrations.name FROM ${integrationsOf(facts)} AS integrations WHERE integrations.id = tickets.integration_id) AS ${column}`
        : identifier(column),
    )
