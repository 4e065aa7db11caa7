import { parseExactJson } from '@ai-ticket-creator/domain/internal'
import type { IdempotencyRecord, Store, StoredResponse } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { timeText } from '../database/time-text.ts'

/** The idempotency keys of all organizations. */
export function createIdempotencyRecords(db: SqlConnection): Store['keys'] {
  return {
    async claim(record, now) {
      for (;;) {
        if (await insertOrTakeOver(db, record, now)) return undefined
        const stored = await find(db, record)
        // If the record was released meanwhile, the key is free again: try again.
        if (stored !== undefined) return stored
      }
    },

    async complete(record) {
      await sql`
        update server_idempotency_records set response = ${JSON.stringify(record.response)}
        where ${isOwnOpenClaim(record)}`.execute(db)
    },

    async release(record) {
      await sql`delete from server_idempotency_records where ${isOwnOpenClaim(record)}`.execute(db)
    },
  }
}

/** A single statement, so that only one of several concurrent claims succeeds. */
async function insertOrTakeOver(db: SqlConnection, record: IdempotencyRecord, now: string): Promise<boolean> {
  const { organization_id, key, fingerprint, expires_at } = record
  const { rows } = await sql`
    insert into server_idempotency_records as stored (organization_id, key, fingerprint, expires_at)
    values (${organization_id}, ${key}, ${fingerprint}, ${expires_at})
    on conflict (organization_id, key) do update
      set fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, response = null
      where stored.organization_id = excluded.organization_id and stored.expires_at <= ${now}
    returning 1 as claimed`.execute(db)
  return rows.length === 1
}

interface ReadRecord extends Omit<IdempotencyRecord, 'response'> {
  readonly response: string | null
}

async function find(db: SqlConnection, { organization_id, key }: IdempotencyRecord) {
  const { rows } = await sql<ReadRecord>`
    select organization_id, key, fingerprint, ${timeText(sql.ref('expires_at'))} as expires_at, response::text as response
    from server_idempotency_records where organization_id = ${organization_id} and key = ${key}`.execute(db)
  const [record] = rows
  if (record === undefined) return undefined
  // The cast is safe: only `complete` writes this column.
  const response = record.response === null ? null : (parseExactJson(record.response) as StoredResponse)
  return { ...record, response }
}

/** Matches the claim of this caller, unless it is complete or another claim has replaced it. */
const isOwnOpenClaim = ({ organization_id, key, expires_at }: IdempotencyRecord) => sql`
  organization_id = ${organization_id} and key = ${key} and expires_at = ${expires_at} and response is null`
