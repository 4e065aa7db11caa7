import { type Facts, integrationsOf } from '../catalog/facts.ts'
import { NO_ORGANIZATION, organizationOfIntegration } from '../catalog/ticket-expressions.ts'
import { type Database, exists, inTransaction } from '../database.ts'
import { MigrationRefusedError } from '../errors.ts'
import { TICKET_NAMES } from '../steps/tickets-link.ts'

/** A name that tickets have and that leads to no integration. */
export interface TicketName {
  /** Identifies the organization and the name, with the same value in every run. */
  readonly id: string
  readonly organizationId: string | null
  readonly name: string
  readonly tickets: number
  /** `ambiguous`: several integrations have the name. `not_found`: none has. `no_organization`: the creator of the ticket has none. */
  readonly reason: 'ambiguous' | 'not_found' | 'no_organization'
  /** The integrations with this name; without one, the integrations on the platform of this name or with a similar name. */
  readonly candidates: readonly TicketNameCandidate[]
}

/** An integration that a name could mean. */
export interface TicketNameCandidate {
  readonly id: string
  readonly name: string
  readonly platform: string
  readonly status: string
  readonly deleted: boolean
}

/** The integration that a person chose for a name. */
export interface TicketNameChoice {
  /** The `id` of a `TicketName`. */
  readonly id: string
  readonly integrationId: string
}

/** The names without an integration; names of many tickets come first. */
export async function readTicketNames(database: Database, facts: Facts): Promise<readonly TicketName[]> {
  if (!(await hasNames(database))) return []
  const { rows } = await database.query<TicketName>(
    `SELECT names.id, nullif(names.organization_id, ${NO_ORGANIZATION}) AS "organizationId", names.name, names.tickets, names.reason,
        coalesce(jsonb_agg(jsonb_build_object('id', integrations.id, 'name', integrations.name, 'platform', integrations.platform_name, 'status', lower(integrations.status::text), 'deleted', integrations.is_deleted) ORDER BY integrations.id) FILTER (WHERE integrations.id IS NOT NULL), '[]') AS candidates
      FROM ${TICKET_NAMES} AS names LEFT JOIN ${integrationsOf(facts)} AS integrations ON integrations.id = ANY (names.candidates)
      WHERE names.reason IN ('ambiguous', 'not_found', 'no_organization') GROUP BY names.id ORDER BY names.tickets DESC, names.id`,
  )
  return rows
}

/** Stores what a person chose; the next pass links the tickets. All choices are stored or none. */
export async function storeChoices(
  database: Database,
  facts: Facts,
  choices: readonly TicketNameChoice[],
): Promise<void> {
  if (!(await hasNames(database)))
    throw new MigrationRefusedError('the names of tickets are not looked up yet; run apply --to tickets-names first')
  const malformed = choices.flatMap(({ id, integrationId }) => [id, integrationId]).filter((id) => !isUuid(id))
  if (malformed.length > 0)
    throw new MigrationRefusedError(
      `no choice was stored: not an id: ${malformed.map((id) => JSON.stringify(id)).join(', ')}`,
    )

  const values = [JSON.stringify(choices)]
  const chosen = `jsonb_to_recordset($1::jsonb) AS choice (id uuid, "integrationId" uuid)`
  await inTransaction(database, async () => {
    const { rows: problems } = await database.query<{ id: string; problem: string }>(
      `SELECT choice.id, CASE WHEN names.id IS NULL THEN 'no ticket has this name'
            WHEN integrations.id IS NULL THEN format('there is no integration %s', choice."integrationId")
            ELSE format('integration %s is of another organization', choice."integrationId") END AS problem
        FROM ${chosen} LEFT JOIN ${TICKET_NAMES} AS names ON names.id = choice.id LEFT JOIN ${integrationsOf(facts)} AS integrations ON integrations.id = choice."integrationId"
        WHERE names.id IS NULL OR integrations.id IS NULL OR names.organization_id <> ${organizationOfIntegration(facts)} ORDER BY 1`,
      values,
    )
    if (problems.length > 0)
      throw new MigrationRefusedError(
        `no choice was stored: ${problems.map(({ id, problem }) => `${id}: ${problem}`).join('; ')}`,
      )
    await database.query(
      `UPDATE ${TICKET_NAMES} AS names SET reason = 'chosen', integration_id = choice."integrationId" FROM ${chosen} WHERE names.id = choice.id`,
      values,
    )
  })
}

const hasNames = (database: Database): Promise<boolean> =>
  exists(database, `to_regclass('${TICKET_NAMES}') IS NOT NULL`)

const isUuid = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
