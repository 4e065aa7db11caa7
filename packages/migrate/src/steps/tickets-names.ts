import { integrationsOf, ORIGINAL, ticketsOf } from '../catalog/facts.ts'
import { creatorsJoin, organizationOfIntegration, organizationOfTicket } from '../catalog/ticket-expressions.ts'
import { analyze, countOf, ddl, type Step } from './step.ts'
import { addedColumns } from './tickets-columns.ts'
import { linkTickets, TICKET_NAMES } from './tickets-link.ts'

export const ticketsNames: Step = {
  id: 'tickets-names',
  repeatUntil: 'retire',
  summary:
    'Find the integration of every name that tickets have, once for each organization, and fill integration_id. Every apply repeats it until the names are retired.',
  lock: 'row locks on tickets, for one batch; SHARE UPDATE EXCLUSIVE while statistics are read',

  forward: (facts) =>
    facts.tickets === null
      ? []
      : [
          // The statistics are read before the batches, so that the planner expects empty columns, and again after them.
          analyze(ticketsOf(facts), addedColumns(facts)),
          ...linkTickets(facts, ORIGINAL.routing),
          analyze(ticketsOf(facts), addedColumns(facts)),
        ],

  // The ids disappear with their column.
  backward: () => [ddl(`DROP TABLE IF EXISTS ${TICKET_NAMES}`)],

  checks: (facts) =>
    facts.tickets === null
      ? []
      : [
          {
            count: countOf(
              `${ticketsOf(facts)} AS target${creatorsJoin(facts)} JOIN ${integrationsOf(facts)} AS integrations ON integrations.id = target.integration_id WHERE ${organizationOfIntegration(facts)} <> ${organizationOfTicket(facts)}`,
            ),
            problem: (count) => `${count} tickets are linked to an integration of another organization`,
          },
        ],
}
