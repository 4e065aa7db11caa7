import {
  type Facts,
  integrationsOf,
  type OldNames,
  ORIGINAL,
  RETIRED,
  type TicketFacts,
  ticketsOf,
} from '../catalog/facts.ts'
import { hasColumn, literal } from '../catalog/sql.ts'
import { dependentTriggers } from './dependent-triggers.ts'
import { type Action, countOf, ddl, type Step } from './step.ts'
import { createSync } from './sync-function.ts'
import { linkTickets } from './tickets-link.ts'
import { createTicketSync } from './tickets-sync.ts'

export const retire: Step = {
  id: 'retire',
  repeatUntil: 'contract',
  summary: 'Rename the old columns, so that a client that still uses them fails while the way back takes milliseconds.',
  lock: 'ACCESS EXCLUSIVE on integrations, and then on tickets, for milliseconds',
  guards: (facts) => [
    dependentTriggers(integrationsOf(facts), [ORIGINAL.type, ORIGINAL.isEnabled], CHANGE_THEM),
    ...(facts.tickets === null ? [] : [dependentTriggers(ticketsOf(facts), [ORIGINAL.routing], CHANGE_THEM)]),
  ],
  forward: (facts) => [
    renamed(facts, ORIGINAL, RETIRED),
    // The last pass: from here on the old application adds no names.
    ...(facts.tickets === null
      ? []
      : [renamedInTickets(facts, facts.tickets, ORIGINAL, RETIRED), ...linkTickets(facts, RETIRED.routing)]),
  ],
  backward: (facts) => [
    renamed(facts, RETIRED, ORIGINAL),
    ...(facts.tickets === null ? [] : [renamedInTickets(facts, facts.tickets, RETIRED, ORIGINAL)]),
  ],
  checks: (facts) => [
    {
      count: countOf(`(${hasColumn(integrationsOf(facts), ORIGINAL.type)}) AS old (found) WHERE found`),
      problem: () => 'integrations still has the column integration_type',
    },
  ],
}

const CHANGE_THEM = 'change or drop them, and run apply again'

function renamed(facts: Facts, from: OldNames, to: OldNames): Action {
  const table = integrationsOf(facts)
  const pairs = [[from.type, to.type], ...(facts.isEnabled === null ? [] : [[from.isEnabled, to.isEnabled]])] as const
  return {
    ...ddl(
      ...pairs.map(([old, renamed]) => `ALTER TABLE ${table} RENAME COLUMN ${old} TO ${renamed}`),
      ...createSync(facts, to, 'status'),
    ),
    unless: hasColumn(table, to.type),
  }
}

function renamedInTickets(facts: Facts, tickets: TicketFacts, from: OldNames, to: OldNames): Action {
  const table = ticketsOf(facts)
  return {
    ...ddl(
      `ALTER TABLE ${table} RENAME COLUMN ${from.routing} TO ${to.routing}`,
      ...createTicketSync(facts, tickets, to),
    ),
    unless: hasColumn(table, to.routing),
  }
}

/** A query for the views that would block the removal of columns. */
export const dependentViews = (table: string, columns: readonly string[]): string =>
  `SELECT DISTINCT quote_ident(n.nspname) || '.' || quote_ident(v.relname) AS name FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class JOIN pg_namespace n ON n.oid = v.relnamespace JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(${literal(table)}) AND a.attname IN (${columns.map(literal).join(', ')}) ORDER BY 1`
