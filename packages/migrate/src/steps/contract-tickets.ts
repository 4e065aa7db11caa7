import { type Facts, integrationsOf, RETIRED, type TicketFacts, ticketsOf } from '../catalog/facts.ts'
import { hasColumn } from '../catalog/sql.ts'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { addsOrganization } from '../catalog/ticket-expressions.ts'
import { makeNotNullIfFilled } from './not-null.ts'
import { restoredIndex } from './restored-index.ts'
import { dependentViews } from './retire.ts'
import { type Action, type Check, countOf, ddl } from './step.ts'
import { nameTickets } from './tickets-columns.ts'
import { unresolvedTickets } from './tickets-link.ts'
import { createTicketSync, dropTicketSync } from './tickets-sync.ts'

// The old names that undo cannot compute from integration_id: those of tickets without an integration, and those that differ from
// the name of the integration.
const OLD_NAMES = `${STATE_SCHEMA}.old_ticket_names`

/** The part of the step `contract` that changes the table of tickets. */
export const contractTickets = {
  guards: (facts: Facts): readonly Check[] => [
    {
      count: countOf(`(${dependentViews(ticketsOf(facts), [RETIRED.routing])}) AS views`),
      problem: (count) =>
        `${count} views use integration_routing; point them to tickets_legacy and run apply again (plan lists them)`,
    },
    unresolvedTickets(facts, RETIRED.routing),
  ],

  forward: (facts: Facts): readonly Action[] => [
    ddl(`CREATE TABLE IF NOT EXISTS ${OLD_NAMES} (id uuid PRIMARY KEY, integration_id uuid, name text NOT NULL)`),
    { ...storeNames(facts), unless: `SELECT NOT (${hasColumn(ticketsOf(facts), RETIRED.routing)})` },
    ...(addsOrganization(facts) ? makeNotNullIfFilled(ticketsOf(facts), 'organization_id') : []),
    ddl(...dropTicketSync(facts), `ALTER TABLE ${ticketsOf(facts)} DROP COLUMN IF EXISTS ${RETIRED.routing}`),
  ],

  backward: (facts: Facts, tickets: TicketFacts): readonly Action[] => [
    ddl(
      `ALTER TABLE ${ticketsOf(facts)} ADD COLUMN IF NOT EXISTS ${RETIRED.routing} ${tickets.nameType}${addsOrganization(facts) ? ', ALTER COLUMN organization_id DROP NOT NULL' : ''}`,
      ...createTicketSync(facts, tickets, RETIRED),
      `CREATE TABLE IF NOT EXISTS ${OLD_NAMES} (id uuid PRIMARY KEY, integration_id uuid, name text NOT NULL)`,
    ),
    restoreNames(facts),
    nameTickets(facts, tickets, RETIRED.routing),
    ddl(`TRUNCATE ${OLD_NAMES}`),
    ...tickets.oldIndexes.map((index) => restoredIndex(facts, ticketsOf(facts), index)),
  ],

  checks: (facts: Facts): readonly Check[] => [
    {
      count: countOf(`(${hasColumn(ticketsOf(facts), RETIRED.routing)}) AS old (found) WHERE found`),
      problem: () => 'tickets still has the old column',
    },
  ],
}

function storeNames(facts: Facts): Action {
  const table = ticketsOf(facts)
  const from = `${table} AS target LEFT JOIN ${integrationsOf(facts)} AS integrations ON integrations.id = target.integration_id LEFT JOIN ${OLD_NAMES} AS stored ON stored.id = target.id`
  const notYetStored = `target.${RETIRED.routing} IS DISTINCT FROM integrations.name AND target.${RETIRED.routing} IS NOT NULL AND (stored.name, stored.integration_id) IS DISTINCT FROM (target.${RETIRED.routing}::text, target.integration_id)`
  return {
    kind: 'batches',
    table,
    statement: `INSERT INTO ${OLD_NAMES} AS old SELECT target.id, target.integration_id, target.${RETIRED.routing} FROM ${from} WHERE :range(target.ctid) AND ${notYetStored} ON CONFLICT (id) DO UPDATE SET name = excluded.name, integration_id = excluded.integration_id`,
    remaining: countOf(`${from} WHERE ${notYetStored}`),
  }
}

function restoreNames(facts: Facts): Action {
  const notYetRestored = `target.id = old.id AND target.${RETIRED.routing} IS NULL AND target.integration_id IS NOT DISTINCT FROM old.integration_id`
  return {
    kind: 'batches',
    table: OLD_NAMES,
    statement: `UPDATE ${ticketsOf(facts)} AS target SET ${RETIRED.routing} = old.name FROM ${OLD_NAMES} AS old WHERE :range(old.ctid) AND ${notYetRestored}`,
    remaining: countOf(`${ticketsOf(facts)} AS target, ${OLD_NAMES} AS old WHERE ${notYetRestored}`),
  }
}
