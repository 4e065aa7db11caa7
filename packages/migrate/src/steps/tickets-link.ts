import { type Facts, integrationsOf, ORIGINAL, ticketsOf } from '../catalog/facts.ts'
import { CATEGORY_OF } from '../catalog/mapping.ts'
import { literal } from '../catalog/sql.ts'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import {
  addsOrganization,
  creatorsFrom,
  creatorsJoin,
  hasOrganizations,
  NO_ORGANIZATION,
  organizationOfIntegration,
  organizationOfTicket,
  trimmed,
  variantKey,
} from '../catalog/ticket-expressions.ts'
import { type Action, type Check, countOf, ddl } from './step.ts'

/**
 * Every name that tickets have, once for each organization, with the integration that it means or the reason for none. The id is
 * computed from organization and name, so it is the same in every run.
 */
export const TICKET_NAMES = `${STATE_SCHEMA}.ticket_names`

/** Resolves the names anew and fills the tickets whose name now leads to an integration. */
export function linkTickets(facts: Facts, routing: string): readonly Action[] {
  const table = ticketsOf(facts)
  const { from, where } = creatorsFrom(facts)
  const organization = addsOrganization(facts)
    ? `, organization_id = coalesce(target.organization_id, nullif(names.organization_id, ${NO_ORGANIZATION}))`
    : ''
  const matches = `names.organization_id = ${organizationOfTicket(facts)} AND names.name = ${trimmed(facts, `target.${routing}`)}`
  const isUnfilled = [
    'target.integration_id IS NULL AND names.integration_id IS NOT NULL',
    ...(addsOrganization(facts)
      ? [`target.organization_id IS NULL AND names.organization_id <> ${NO_ORGANIZATION}`]
      : []),
  ].join(' OR ')
  return [
    ddl(
      `CREATE TABLE IF NOT EXISTS ${TICKET_NAMES} (id uuid PRIMARY KEY, organization_id uuid NOT NULL, name text COLLATE "C" NOT NULL, tickets float8 NOT NULL, reason text NOT NULL, integration_id uuid, candidates uuid[] NOT NULL, UNIQUE (organization_id, name))`,
      `DELETE FROM ${TICKET_NAMES} AS names WHERE integration_id IS NOT NULL AND NOT EXISTS (SELECT FROM ${integrationsOf(facts)} AS integrations WHERE integrations.id = names.integration_id)`,
      resolveNames(facts, routing),
      `ANALYZE ${TICKET_NAMES}`,
    ),
    {
      kind: 'batches',
      table,
      statement: `UPDATE ${table} AS target SET integration_id = coalesce(target.integration_id, names.integration_id)${organization} FROM ${from}${TICKET_NAMES} AS names WHERE :range(target.ctid) AND ${where}${matches} AND (${isUnfilled})`,
      remaining: countOf(
        `${table} AS target${creatorsJoin(facts)} JOIN ${TICKET_NAMES} AS names ON ${matches} WHERE ${isUnfilled}`,
      ),
      sizeFactor: 2.5,
      joinsSmallTables: true,
      passes: 8,
      // The old application goes on writing names until they are retired.
      mayRemain: routing === ORIGINAL.routing,
    },
  ]
}

/** Tickets with a name that was not looked up: the old application wrote them after the last pass. */
export const unresolvedTickets = (facts: Facts, routing: string): Check => ({
  count: countOf(
    `${ticketsOf(facts)} AS target${creatorsJoin(facts)} LEFT JOIN ${TICKET_NAMES} AS names ON names.organization_id = ${organizationOfTicket(facts)} AND names.name = ${trimmed(facts, `target.${routing}`)} WHERE target.integration_id IS NULL AND ${trimmed(facts, `target.${routing}`)} <> '' AND (names.name IS NULL OR names.integration_id IS NOT NULL)`,
  ),
  problem: (count) => `${count} tickets have a name that was not looked up; run apply again`,
})

/**
 * A name leads to an integration if exactly one has the name after trimming, or if the name is a platform with exactly one. It
 * may be deleted or have any status, because the tickets were filed before. Other spellings are candidates for a person only.
 */
function resolveNames(facts: Facts, routing: string): string {
  const organization = organizationOfIntegration(facts)
  const table = `${integrationsOf(facts)} AS integrations`
  const platforms = Object.keys(CATEGORY_OF).map(literal).join(', ')
  const grouped = (key: string, condition = 'true') =>
    `SELECT ${organization} AS organization_id, ${key} AS key, array_agg(integrations.id ORDER BY integrations.id) AS ids, bool_and(integrations.is_deleted) AS is_deleted FROM ${table} WHERE ${condition} GROUP BY 1, 2`
  const noOrganization = hasOrganizations(facts)
    ? ` WHEN wanted.organization_id = ${NO_ORGANIZATION} THEN 'no_organization'`
    : ''
  // Names are trimmed after they are grouped: there are far fewer of them than tickets.
  return `WITH written AS (SELECT ${organizationOfTicket(facts)} AS organization_id, target.${routing} COLLATE "C" AS name, count(*) AS tickets FROM ${ticketsOf(facts)} AS target${creatorsJoin(facts)} GROUP BY 1, 2),
wanted AS (SELECT organization_id, ${trimmed(facts, 'name')} AS name, sum(tickets) AS tickets FROM written GROUP BY 1, 2),
named AS (${grouped(trimmed(facts, 'integrations.name'))}),
on_platform AS (${grouped('integrations.platform_name::text COLLATE "C"', `NOT integrations.is_deleted AND integrations.platform_name IN (${platforms})`)}),
variants AS (${grouped(variantKey(facts, 'integrations.name'))})
INSERT INTO ${TICKET_NAMES} AS known SELECT md5(wanted.organization_id::text || ' ' || wanted.name)::uuid, wanted.organization_id, wanted.name, wanted.tickets,
CASE WHEN wanted.name = '' THEN 'no_name' WHEN cardinality(named.ids) = 1 AND named.is_deleted THEN 'name_of_deleted' WHEN cardinality(named.ids) = 1 THEN 'name' WHEN named.ids IS NOT NULL THEN 'ambiguous' WHEN cardinality(on_platform.ids) = 1 THEN 'platform'${noOrganization} ELSE 'not_found' END,
CASE WHEN wanted.name <> '' AND cardinality(coalesce(named.ids, on_platform.ids)) = 1 THEN (coalesce(named.ids, on_platform.ids))[1] END,
CASE WHEN wanted.name = '' THEN '{}' ELSE coalesce(named.ids, on_platform.ids, variants.ids, '{}') END
FROM wanted LEFT JOIN named ON named.organization_id = wanted.organization_id AND named.key = wanted.name LEFT JOIN on_platform ON on_platform.organization_id = wanted.organization_id AND on_platform.key = lower(wanted.name) LEFT JOIN variants ON variants.organization_id = wanted.organization_id AND variants.key = ${variantKey(facts, 'wanted.name')}
ON CONFLICT (organization_id, name) DO UPDATE SET tickets = excluded.tickets, reason = CASE known.reason WHEN 'chosen' THEN 'chosen' ELSE excluded.reason END, integration_id = CASE known.reason WHEN 'chosen' THEN known.integration_id ELSE excluded.integration_id END, candidates = excluded.candidates`
}
