import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'

/** What is counted: the requests of a consumer on a day, or the uses of a retired name in these requests. */
export interface CountKey {
  readonly hash: string
  readonly client: string | null
  /** In UTC. */
  readonly day: string
  /** Null in a count of requests, and so are the next three members. */
  readonly field: string | null
  readonly replacement: string | null
  readonly operation: string | null
  readonly direction: 'request' | 'reply' | null
}

/** How often something happened, and when first and last. */
export interface Count extends CountKey {
  readonly times: number
  readonly first_at: string
  readonly last_at: string
}

/** Adds counts to the counts in the database. Requests with an unknown token belong to no consumer and are left out. */
export const saveCounts = (db: SqlConnection, counts: readonly Count[]): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const given = sql`
      select server_tokens.organization_id, coalesce(client, 'token ' || server_tokens.name) as consumer,
        day, field, replacement, operation, direction, times, first_at, last_at
      from json_to_recordset(${JSON.stringify(counts)}::json) as given (
        hash text, client text, day date, field text, replacement text, operation text, direction text,
        times bigint, first_at timestamptz, last_at timestamptz)
      join server_tokens on server_tokens.hash = given.hash`

    // In the order of the keys, so that two processes cannot deadlock.
    await sql`
      insert into server_consumers as stored (organization_id, consumer, day, requests, first_at, last_at)
      select organization_id, consumer, day, sum(times), min(first_at), max(last_at)
      from (${given}) as counts where field is null
      group by organization_id, consumer, day order by organization_id, consumer, day
      on conflict (organization_id, consumer, day) do update set
        requests = stored.requests + excluded.requests,
        first_at = least(stored.first_at, excluded.first_at),
        last_at = greatest(stored.last_at, excluded.last_at)`.execute(transaction)
    await sql`
      insert into server_deprecated_uses as stored
        (organization_id, consumer, field, replacement, operation, direction, day, uses, first_at, last_at)
      select organization_id, consumer, field, min(replacement), operation, direction, day,
        sum(times), min(first_at), max(last_at)
      from (${given}) as counts where field is not null
      group by organization_id, consumer, field, operation, direction, day
      order by organization_id, consumer, field, operation, direction, day
      on conflict (organization_id, consumer, field, operation, direction, day) do update set
        uses = stored.uses + excluded.uses,
        first_at = least(stored.first_at, excluded.first_at),
        last_at = greatest(stored.last_at, excluded.last_at)`.execute(transaction)
  })
