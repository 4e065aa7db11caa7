import { typeOfPlatform } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, NEW_COLUMNS } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { countOf, ddl, type Step } from './step.ts'

const viewOf = ({ schema }: Facts): string => `${identifier(schema)}."integrations_legacy"`

export const view: Step = {
  id: 'view',
  summary: 'Add the view integrations_legacy with the old columns, for reports that read the table by SQL.',
  lock: 'none on the tables',

  forward: (facts) => [
    ddl(
      `CREATE OR REPLACE VIEW ${viewOf(facts)} WITH (security_invoker = true) AS SELECT ${selectionOf(facts).join(', ')} FROM ${integrationsOf(facts)}`,
      ...facts.readers.map((role) => `GRANT SELECT ON ${viewOf(facts)} TO ${role}`),
    ),
  ],

  backward: (facts) => [ddl(`DROP VIEW IF EXISTS ${viewOf(facts)}`)],

  checks: (facts) => [
    {
      count: countOf(`(SELECT 1) AS one WHERE to_regclass(${literal(viewOf(facts))}) IS NULL`),
      problem: () => 'the view integrations_legacy is missing',
    },
  ],
}

/** The old columns are computed from the new ones, so the view does not depend on the columns that contract drops. */
const selectionOf = (facts: Facts): readonly string[] =>
  facts.columns
    .filter((column) => !(NEW_COLUMNS as readonly string[]).includes(column))
    .map((column) => {
      if (column === 'integration_type') return `${typeOfPlatform(facts, 'platform_name')} AS integration_type`
      return column === 'is_enabled' ? 'enabled AS is_enabled' : identifier(column)
    })
