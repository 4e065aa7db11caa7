import { type Facts, integrationsOf, type OldNames, type TicketFacts, ticketsOf, usersOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { hasOrganizations } from '../catalog/ticket-expressions.ts'
import { BACKFILL_SETTING } from './sync-function.ts'

const [INSERT_TRIGGER, UPDATE_TRIGGER] = [
  'ai_ticket_creator_sync_ticket_insert',
  'ai_ticket_creator_sync_ticket_update',
]

const functionOf = ({ schema }: Facts): string => `${identifier(schema)}.ai_ticket_creator_sync_ticket()`

/**
 * Statements that create the function and its triggers, or replace them. If the old application changes the name, the id is
 * removed, and a later pass finds the new one: names are not unique, so a trigger cannot find it.
 */
export function createTicketSync(facts: Facts, tickets: TicketFacts, { routing }: OldNames): readonly string[] {
  const notBackfill = `current_setting('${BACKFILL_SETTING}', true) IS DISTINCT FROM 'on'`
  const table = ticketsOf(facts)
  return [
    createFunction(facts, tickets, routing),
    `CREATE OR REPLACE TRIGGER ${INSERT_TRIGGER} BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${notBackfill}) EXECUTE FUNCTION ${functionOf(facts)}`,
    `CREATE OR REPLACE TRIGGER ${UPDATE_TRIGGER} BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (${notBackfill} AND (OLD.integration_id, OLD.${routing}) IS DISTINCT FROM (NEW.integration_id, NEW.${routing})) EXECUTE FUNCTION ${functionOf(facts)}`,
  ]
}

export const dropTicketSync = (facts: Facts): readonly string[] => [
  ...[INSERT_TRIGGER, UPDATE_TRIGGER].map((trigger) => `DROP TRIGGER IF EXISTS ${trigger} ON ${ticketsOf(facts)}`),
  `DROP FUNCTION IF EXISTS ${functionOf(facts)}`,
]

/** The enabled triggers on tickets, for a FROM clause. */
export const ticketTriggers = (facts: Facts): string =>
  `pg_trigger WHERE tgrelid = to_regclass(${literal(ticketsOf(facts))}) AND tgname IN (${literal(INSERT_TRIGGER)}, ${literal(UPDATE_TRIGGER)}) AND tgenabled = 'O'`

// The function runs with the rights of its owner: a client that writes tickets need not be allowed to read users or integrations.
function createFunction(facts: Facts, tickets: TicketFacts, routing: string): string {
  const fits = tickets.nameLength === null ? '' : ` AND length(integrations.name) <= ${tickets.nameLength}`
  const name = `(SELECT integrations.name FROM ${integrationsOf(facts)} AS integrations WHERE integrations.id = NEW.integration_id${fits})`
  return `CREATE OR REPLACE FUNCTION ${functionOf(facts)} RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $sync$
BEGIN
  IF NEW.integration_id IS NOT NULL AND NEW.integration_id IS DISTINCT FROM OLD.integration_id THEN
    IF NEW.${routing} IS NOT DISTINCT FROM OLD.${routing} THEN
      NEW.${routing} := ${name};
    END IF;
  ELSIF NEW.${routing} IS DISTINCT FROM OLD.${routing} THEN
    NEW.integration_id := NULL;
  ELSIF NEW.integration_id IS DISTINCT FROM OLD.integration_id THEN
    NEW.${routing} := NULL;
  END IF;
${organizationRule(facts, tickets)}  RETURN NEW;
END
$sync$`
}

const organizationRule = (facts: Facts, tickets: TicketFacts): string =>
  hasOrganizations(facts) && tickets.hasCreatorOrganization
    ? `  IF NEW.organization_id IS NULL THEN
    NEW.organization_id := (SELECT creator.organization_id FROM ${usersOf(facts)} AS creator WHERE creator.id = NEW.created_by_id);
  END IF;
`
    : ''
