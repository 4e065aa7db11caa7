import { connect } from '../../src/index.ts'
import { createLegacyTables } from '../legacy-tables.ts'

const ORGANIZATIONS = 100

/**
 * How the name in a ticket relates to the integrations of its organization, and whether it leads to one. The title of a
 * ticket is its kind, so the result can be checked without the rules of the migration.
 */
export const KINDS = {
  none: { share: 30, isLinked: false },
  exact: { share: 40, isLinked: true },
  spaced: { share: 6, isLinked: true },
  deleted: { share: 4, isLinked: true },
  case: { share: 4, isLinked: false },
  blanks: { share: 2, isLinked: false },
  decomposed: { share: 2, isLinked: false },
  invisible: { share: 2, isLinked: false },
  duplicate: { share: 4, isLinked: false },
  deletedDuplicate: { share: 2, isLinked: false },
  renamed: { share: 4, isLinked: false },
} as const

/** Tables of an existing backend with so many tickets and integrations, spread over 100 organizations with 10 users each. */
export async function fillTickets(url: string, tickets: number, integrations: number): Promise<void> {
  const connection = await connect(url)
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await connection.query(statement)
  const perOrganization = Math.max(10, Math.round(integrations / ORGANIZATIONS))
  await connection.query(
    `INSERT INTO public.organizations SELECT ${idOf('organization', 'o')} FROM generate_series(0, ${ORGANIZATIONS - 1}) AS o`,
  )
  await connection.query(
    `INSERT INTO public.users SELECT ${idOf('user', 'n')}, ${idOf('organization', 'n / 10')} FROM generate_series(0, ${ORGANIZATIONS * 10 - 1}) AS n`,
  )
  await connection.query(insertIntegrations(perOrganization))
  await connection.query(insertTickets(tickets, perOrganization))
  await connection.query('VACUUM (ANALYZE)')
  await connection.query('CHECKPOINT')
  await connection.close()
}

const idOf = (kind: string, number: string) => `md5('${kind} ' || (${number}))::uuid`

// A name has an accent and inner spaces, so it has other spellings that look the same. Of ten integrations one is deleted, two
// share a name, and two deleted ones share another.
const NAME = `normalize('Équipe support ' || k, NFC)`

function insertIntegrations(perOrganization: number): string {
  return `INSERT INTO public.integrations (id, name, organization_id, integration_type, status, is_deleted, is_enabled, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at)
    SELECT gen_random_uuid(), CASE k % 10 WHEN 6 THEN replace(${NAME}, k::text, (k - 1)::text) WHEN 8 THEN replace(${NAME}, k::text, (k - 1)::text) WHEN 9 THEN '  ' || ${NAME} ELSE ${NAME} END,
      ${idOf('organization', 'o')}, (enum_range(NULL::public.integrationtype))[1 + k % 15], 'active', k % 10 IN (4, 7, 8), true, 'api_key', 0, 0, true, 'production', now(), now()
    FROM generate_series(0, ${ORGANIZATIONS - 1}) AS o, generate_series(1, ${perOrganization}) AS k`
}

/** The number of the integration that a kind of ticket names, from those that the last digit of `k` selects. */
function insertTickets(tickets: number, perOrganization: number): string {
  let below = 0
  const bounds = Object.entries(KINDS).map(([kind, { share }]) => {
    below += share
    return { kind, below }
  })
  const kind = `CASE ${bounds.map((bound) => `WHEN percent < ${bound.below} THEN '${bound.kind}'`).join(' ')} END`
  const digit = `CASE kind WHEN 'deleted' THEN 4 WHEN 'duplicate' THEN 5 WHEN 'deletedDuplicate' THEN 7 WHEN 'exact' THEN (ARRAY[1, 2, 3, 9])[1 + random_digit % 4] ELSE 1 + random_digit % 3 END`
  return `INSERT INTO public.tickets (id, title, created_by_id, integration_routing)
    SELECT gen_random_uuid(), kind, ${idOf('user', '(random() * 999)::int')},
      CASE kind WHEN 'none' THEN NULL WHEN 'spaced' THEN E' \\u00a0' || ${NAME} || E'\\t' WHEN 'case' THEN upper(${NAME}) WHEN 'blanks' THEN replace(${NAME}, ' ', '  ')
        WHEN 'decomposed' THEN normalize(${NAME}, NFD) WHEN 'invisible' THEN replace(${NAME}, ' ', E' \\u200b') WHEN 'renamed' THEN ${NAME} || ' (old)' ELSE ${NAME} END
    FROM (SELECT kind, ten * 10 + ${digit} AS k
      FROM (SELECT ${kind} AS kind, (random() * 9)::int AS random_digit, (random() * ${Math.floor(perOrganization / 10) - 1})::int AS ten FROM
        (SELECT (random() * 100)::int % 100 AS percent FROM generate_series(1, ${tickets})) AS drawn) AS kinds) AS tickets`
}
