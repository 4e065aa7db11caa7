import { randomBytes, randomUUID } from 'node:crypto'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { timeText } from '../database/time-text.ts'
import { ServerError } from '../errors.ts'
import { hashToken } from './user-directory.ts'

/** A token as it is listed. The token itself is shown once, when it is created. */
export interface TokenInfo {
  readonly id: string
  readonly name: string
  readonly organization: string
  readonly email: string
  readonly created_at: string
  readonly revoked_at: string | null
}

/** The owner of a new token. */
export interface TokenOwner {
  /** The id of an organization, or its name. */
  readonly organization: string
  /** The user of the token. */
  readonly email: string
  /** The name of the token: what it is for. */
  readonly name: string
}

/**
 * Creates a token, and its organization and user if they do not exist yet. Concurrent calls create organization and user
 * once.
 *
 * @throws ServerError if no organization has the id, or several have the name.
 */
export const createToken = (
  db: SqlConnection,
  { organization, email, name }: TokenOwner,
): Promise<{ readonly id: string; readonly token: string }> =>
  db.transaction().execute(async (transaction) => {
    // Without the lock, concurrent calls could create an organization or a user twice: the tables of the existing backend get
    // no unique index.
    await sql`lock table server_tokens in share row exclusive mode`.execute(transaction)
    const organizationId = await findOrCreateOrganization(transaction, organization)
    const userId = await findOrCreateUser(transaction, organizationId, email)
    const [id, token] = [randomUUID(), `aitc_${randomBytes(32).toString('base64url')}`]
    await sql`
      insert into server_tokens (id, organization_id, user_id, name, hash)
      values (${id}, ${organizationId}, ${userId}, ${name}, ${hashToken(token)})`.execute(transaction)
    return { id, token }
  })

/** All tokens, the oldest first. */
export async function listTokens(db: SqlConnection): Promise<readonly TokenInfo[]> {
  const { rows } = await sql<TokenInfo>`
    select server_tokens.id, server_tokens.name, organizations.name as organization, users.email,
      ${timeText(sql.ref('server_tokens.created_at'))} as created_at,
      ${timeText(sql.ref('server_tokens.revoked_at'))} as revoked_at
    from server_tokens
      join organizations on organizations.id = server_tokens.organization_id
      join users on users.id = server_tokens.user_id
    order by server_tokens.created_at, server_tokens.id`.execute(db)
  return rows
}

/** Revokes a token. A revoked token may be revoked again. @throws ServerError if no token has the id. */
export async function revokeToken(db: SqlConnection, id: string): Promise<void> {
  const { numAffectedRows = 0n } = isUuid(id)
    ? await sql`update server_tokens set revoked_at = coalesce(revoked_at, now()) where id = ${id}`.execute(db)
    : {}
  if (numAffectedRows === 0n) throw new ServerError('no token has this id; `token list` prints the ids')
}

async function findOrCreateOrganization(db: SqlConnection, nameOrId: string): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from organizations where id::text = ${nameOrId.toLowerCase()} or name = ${nameOrId} limit 2`.execute(db)
  if (rows.length > 1) throw new ServerError('several organizations have this name; give the id of one')
  if (rows[0] !== undefined) return rows[0].id
  if (isUuid(nameOrId)) throw new ServerError('no organization has this id')

  const id = randomUUID()
  await sql`insert into organizations (id, name) values (${id}, ${nameOrId})`.execute(db)
  return id
}

async function findOrCreateUser(db: SqlConnection, organizationId: string, email: string): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from users where organization_id = ${organizationId} and email = ${email}`.execute(db)
  if (rows[0] !== undefined) return rows[0].id

  const id = randomUUID()
  await sql`insert into users (id, organization_id, email) values (${id}, ${organizationId}, ${email})`.execute(db)
  return id
}
