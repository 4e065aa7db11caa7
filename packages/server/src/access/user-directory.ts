import { createHash } from 'node:crypto'
import type { User } from '@ai-ticket-creator/domain'
import type { UserDirectory } from '@ai-ticket-creator/reference-api'
import { type RawBuilder, sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'

/** The users of the database and their tokens. */
export function createSqlUserDirectory(db: SqlConnection): UserDirectory {
  return {
    async authenticate(token) {
      const { rows } = await sql<User & { readonly organization_id: string }>`
        select ${USER}, server_tokens.organization_id
        from server_tokens join users on users.id = server_tokens.user_id
        where server_tokens.hash = ${hashToken(token)} and server_tokens.revoked_at is null`.execute(db)
      if (rows[0] === undefined) return undefined
      const { organization_id: organizationId, ...user } = rows[0]
      return { organizationId, user }
    },

    async find(organizationId, userId) {
      const { rows } = await sql<User>`
        select ${USER} from users where organization_id = ${organizationId} and id = ${userId}`.execute(db)
      return rows[0]
    },

    async organizations() {
      const { rows } = await sql<{ readonly id: string }>`select id from organizations order by id`.execute(db)
      return rows.map(({ id }) => id)
    },
  }
}

/** The hash of a token. The database does not store the token itself. Tokens are random, so a fast hash is safe. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

// A column that the table of the existing backend may lack. `to_jsonb` gives null when it is missing.
const optional = (column: string): RawBuilder<unknown> => sql`to_jsonb(users) ->> ${sql.lit(column)}`

const USER = sql`
  users.id, users.email, ${optional('full_name')} as full_name,
  coalesce(${optional('display_name')}, ${optional('full_name')}, users.email) as display_name,
  ${optional('avatar_url')} as avatar_url`
