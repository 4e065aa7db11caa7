import { typeOfPlatform } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, RETIRED } from '../catalog/facts.ts'
import { hasColumn } from '../catalog/sql.ts'
import { agreement } from './backfill.ts'
import { contractTickets } from './contract-tickets.ts'
import { makeNotNull, makeNotNullIfFilled } from './not-null.ts'
import { statusAgreement } from './reconcile.ts'
import { restoredIndex } from './restored-index.ts'
import { dependentViews } from './retire.ts'
import { serverSecrets } from './server-secrets.ts'
import { type Action, countOf, ddl, PASSES, type Step } from './step.ts'
import { createSync, dropSync } from './sync-function.ts'

export const contract: Step = {
  id: 'contract',
  summary:
    'Drop the triggers and the old columns, and store the names that the way back could not compute. The way back fills the old columns again, and takes as long as the backfill.',
  lock: 'SHARE UPDATE EXCLUSIVE on tickets for one scan, then ACCESS EXCLUSIVE on tickets, and then on integrations, for milliseconds',

  guards: (facts) => [
    {
      count: countOf(`(${dependentViews(integrationsOf(facts), oldColumns(facts))}) AS views`),
      problem: (count) =>
        `${count} views use the old columns; point them to integrations_legacy and run apply again (plan lists them)`,
    },
    ...agreement(facts, RETIRED),
    ...statusAgreement(facts),
    ...(facts.tickets === null ? [] : contractTickets.guards(facts)),
  ],

  undoGuards: serverSecrets,

  forward: (facts) => [
    ...(facts.tickets === null ? [] : contractTickets.forward(facts)),
    ddl(
      ...dropSync(facts),
      `ALTER TABLE ${integrationsOf(facts)} ALTER COLUMN enabled SET DEFAULT true, ${oldColumns(facts)
        .map((column) => `DROP COLUMN IF EXISTS ${column}`)
        .join(', ')}`,
    ),
  ],

  // Expand, backfill and NOT NULL in the other direction. The state before this step has the retired names.
  backward: (facts) => [
    ddl(
      `ALTER TABLE ${integrationsOf(facts)} ALTER COLUMN enabled DROP DEFAULT, ADD COLUMN IF NOT EXISTS ${RETIRED.type} ${facts.typeEnum}${facts.isEnabled === null ? '' : `, ADD COLUMN IF NOT EXISTS ${RETIRED.isEnabled} boolean`}`,
      ...createSync(facts, RETIRED, 'status'),
    ),
    fillOldColumns(facts),
    // A platform outside of the old enum has no old type.
    ...makeNotNullIfFilled(integrationsOf(facts), RETIRED.type),
    ...(facts.isEnabled === null ? [] : makeNotNull(integrationsOf(facts), [RETIRED.isEnabled])),
    ...facts.oldIndexes.map((index) => restoredIndex(facts, integrationsOf(facts), index)),
    ...(facts.tickets === null ? [] : contractTickets.backward(facts, facts.tickets)),
  ],

  checks: (facts) => [
    {
      count: countOf(`(${hasColumn(integrationsOf(facts), RETIRED.type)}) AS old (found) WHERE found`),
      problem: () => 'integrations still has the old columns',
    },
    ...(facts.tickets === null ? [] : contractTickets.checks(facts)),
  ],
}

const oldColumns = (facts: Facts): readonly string[] => [
  RETIRED.type,
  ...(facts.isEnabled === null ? [] : [RETIRED.isEnabled]),
]

function fillOldColumns(facts: Facts): Action {
  const table = integrationsOf(facts)
  const type = typeOfPlatform(facts, 'platform_name')
  const isUnfilled = [
    `(${RETIRED.type} IS NULL AND ${type} IS NOT NULL)`,
    ...(facts.isEnabled === null ? [] : [`${RETIRED.isEnabled} IS NULL`]),
  ].join(' OR ')
  const isEnabled = facts.isEnabled === null ? '' : `, ${RETIRED.isEnabled} = enabled`
  return {
    kind: 'batches',
    table,
    statement: `UPDATE ${table} SET ${RETIRED.type} = ${type}${isEnabled} WHERE :range(ctid) AND (${isUnfilled})`,
    remaining: countOf(`${table} WHERE ${isUnfilled}`),
    passes: PASSES,
  }
}
