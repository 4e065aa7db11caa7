import { integrationsOf, ORIGINAL } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { makeNotNull } from './not-null.ts'
import { countOf, ddl, type Step } from './step.ts'
import { createSync, dropSync, initialMode } from './sync-function.ts'

export const sync: Step = {
  id: 'sync',
  checksUntil: 'contract',
  summary: 'Add triggers that keep old and new columns equal, whichever of them a client writes.',
  lock: 'ACCESS EXCLUSIVE on integrations for milliseconds',

  // In one transaction: between the default and the triggers, an insert without is_enabled would fail. With the default, an
  // insert of enabled = false would look as if the client had also written is_enabled = true.
  forward: (facts) => [
    ddl(
      ...(facts.isEnabled === null
        ? []
        : [`ALTER TABLE ${integrationsOf(facts)} ALTER COLUMN is_enabled DROP DEFAULT`]),
      ...createSync(facts, ORIGINAL, initialMode(facts)),
    ),
  ],

  // The old columns cannot hold a platform without an integration_type, so it would be lost with the new columns. While the
  // triggers exist, clients can still change or delete such a row.
  undoGuards: (facts) => [
    {
      count: countOf(`${integrationsOf(facts)} WHERE integration_type IS NULL AND platform_name IS NOT NULL`),
      problem: (count) =>
        `${count} integrations have a platform that has no integration_type, and would lose it; give them another platform or delete them (SELECT id, platform_name FROM ${integrationsOf(facts)} WHERE integration_type IS NULL), and run undo again`,
    },
  ],

  // After contract was undone, rows without an old type may have kept its column nullable.
  backward: (facts) => [
    ...makeNotNull(integrationsOf(facts), ['integration_type']),
    ddl(
      ...dropSync(facts),
      ...(typeof facts.isEnabled?.default === 'string'
        ? [`ALTER TABLE ${integrationsOf(facts)} ALTER COLUMN is_enabled SET DEFAULT ${facts.isEnabled.default}`]
        : []),
    ),
  ],

  checks: (facts) => [
    {
      count: countOf(
        `generate_series(1, 2 - (SELECT count(*)::int FROM pg_trigger WHERE tgrelid = to_regclass(${literal(integrationsOf(facts))}) AND tgname LIKE 'ai_ticket_creator_sync%' AND tgenabled = 'O'))`,
      ),
      problem: (count) => `${count} of the 2 triggers on integrations are missing or disabled`,
    },
  ],
}
