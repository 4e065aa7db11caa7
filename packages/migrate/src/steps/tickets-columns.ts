import { type Facts, integrationsOf, ORIGINAL, type TicketFacts, ticketsOf } from '../catalog/facts.ts'
import { hasColumn } from '../catalog/sql.ts'
import { addsOrganization } from '../catalog/ticket-expressions.ts'
import { dependentTriggers } from './dependent-triggers.ts'
import { type Action, countOf, ddl, type Step } from './step.ts'
import { createTicketSync, dropTicketSync, ticketTriggers } from './tickets-sync.ts'

export const ticketsColumns: Step = {
  id: 'tickets-columns',
  checksUntil: 'contract',
  summary:
    'Add integration_id and, if it is missing, organization_id to tickets, with triggers that keep name and id together.',
  lock: 'ACCESS EXCLUSIVE on tickets for milliseconds',

  forward: (facts) =>
    facts.tickets === null
      ? []
      : [
          ddl(
            `ALTER TABLE ${ticketsOf(facts)} ${addedColumns(facts)
              .map((column) => `ADD COLUMN IF NOT EXISTS ${column} uuid`)
              .join(', ')}`,
            ...createTicketSync(facts, facts.tickets, ORIGINAL),
          ),
        ],

  // If a name is too long for the old column, the ticket would lose its integration together with the id.
  undoGuards: (facts) => {
    if (facts.tickets === null) return []
    const triggers = dependentTriggers(
      ticketsOf(facts),
      addedColumns(facts),
      'change or drop these triggers, and run undo again',
    )
    const { nameLength } = facts.tickets
    return nameLength === null
      ? [triggers]
      : [
          triggers,
          {
            count: countOf(
              `${ticketsOf(facts)} AS tickets JOIN ${integrationsOf(facts)} AS integrations ON integrations.id = tickets.integration_id WHERE tickets.integration_routing IS NULL AND length(integrations.name) > ${nameLength}`,
            ),
            unless: lacksId(facts),
            problem: (count) =>
              `${count} tickets are linked to an integration whose name has more characters than integration_routing has room for, and would lose it; give these integrations shorter names, and run undo again`,
          },
        ]
  },

  backward: (facts) =>
    facts.tickets === null
      ? []
      : [
          { ...nameTickets(facts, facts.tickets, ORIGINAL.routing), unless: lacksId(facts) },
          ddl(
            ...dropTicketSync(facts),
            `ALTER TABLE ${ticketsOf(facts)} ${addedColumns(facts)
              .map((column) => `DROP COLUMN IF EXISTS ${column}`)
              .join(', ')}`,
          ),
        ],

  checks: (facts) =>
    facts.tickets === null
      ? []
      : [
          {
            count: countOf(`generate_series(1, 2 - (SELECT count(*)::int FROM ${ticketTriggers(facts)}))`),
            problem: (count) => `${count} of the 2 triggers on tickets are missing or disabled`,
          },
        ],
}

const lacksId = (facts: Facts): string => `SELECT NOT (${hasColumn(ticketsOf(facts), 'integration_id')})`

/** The columns that the migration adds to tickets. */
export const addedColumns = (facts: Facts): readonly string[] => [
  ...(facts.tickets === null ? [] : ['integration_id']),
  ...(addsOrganization(facts) ? ['organization_id'] : []),
]

/** Gives the tickets that have only an id the name of their integration. */
export function nameTickets(facts: Facts, { nameLength }: TicketFacts, routing: string): Action {
  const table = ticketsOf(facts)
  const fits = nameLength === null ? '' : ` AND length(integrations.name) <= ${nameLength}`
  const isUnnamed = `integrations.id = target.integration_id AND target.${routing} IS NULL${fits}`
  return {
    kind: 'batches',
    table,
    statement: `UPDATE ${table} AS target SET ${routing} = integrations.name FROM ${integrationsOf(facts)} AS integrations WHERE :range(target.ctid) AND ${isUnnamed}`,
    remaining: countOf(`${table} AS target, ${integrationsOf(facts)} AS integrations WHERE ${isUnnamed}`),
  }
}
