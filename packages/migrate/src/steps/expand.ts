import { categoryEnumOf, integrationsOf, NEW_COLUMNS } from '../catalog/facts.ts'
import { CATEGORIES } from '../catalog/mapping.ts'
import { literal } from '../catalog/sql.ts'
import { dependentTriggers } from './dependent-triggers.ts'
import { countOf, ddl, type Step } from './step.ts'

export const expand: Step = {
  id: 'expand',
  summary: 'Add integration_category, platform_name and enabled to integrations, without values and without defaults.',
  lock: 'ACCESS EXCLUSIVE on integrations for milliseconds',

  forward: (facts) => [
    {
      ...ddl(`CREATE TYPE ${categoryEnumOf(facts)} AS ENUM (${CATEGORIES.map(literal).join(', ')})`),
      unless: `SELECT to_regtype(${literal(categoryEnumOf(facts))}) IS NOT NULL`,
    },
    ddl(
      `ALTER TABLE ${integrationsOf(facts)} ADD COLUMN IF NOT EXISTS integration_category ${categoryEnumOf(facts)}, ADD COLUMN IF NOT EXISTS platform_name varchar(50), ADD COLUMN IF NOT EXISTS enabled boolean`,
    ),
  ],

  undoGuards: (facts) => [
    dependentTriggers(
      integrationsOf(facts),
      NEW_COLUMNS,
      'drop them (those of the new backend with `ai-ticket-creator-server schema down`), and run undo again',
    ),
  ],

  backward: (facts) => [
    ddl(
      `ALTER TABLE ${integrationsOf(facts)} ${NEW_COLUMNS.map((column) => `DROP COLUMN IF EXISTS ${column}`).join(', ')}`,
    ),
    ...(facts.hadCategoryEnum ? [] : [ddl(`DROP TYPE IF EXISTS ${categoryEnumOf(facts)}`)]),
  ],

  checks: (facts) => [
    {
      count: countOf(
        `unnest(ARRAY[${NEW_COLUMNS.map(literal).join(', ')}]) AS wanted (name) WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${literal(integrationsOf(facts))}) AND attname = wanted.name AND NOT attisdropped)`,
      ),
      problem: (count) => `integrations lacks ${count} of its new columns`,
    },
  ],
}
