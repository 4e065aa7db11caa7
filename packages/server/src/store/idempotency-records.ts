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
      await replaceClaim(db, record)
    },

    async release(record) {
      await sql`delete from server_idempotency_records where ${isOwnOpenClaim(record)}`.execute(db)
    },
  }
}

/** Runs a write. A record is stored in the same transaction, unless the write returns false. */
export async function writeWithRecord<Result>(
  db: SqlConnection,
  record: IdempotencyRecord | undefined,
  write: (connection: SqlConnection) => Promise<Result>,
): Promise<Result> {
  if (record === undefined) return write(db)
  return db.transaction().execute(async (transaction) => {
    const result = await write(transaction)
    if (result !== false && !(await replaceClaim(transaction, record)))
      throw new Error('another call has taken over the idempotency key of this one')
    return result
  })
}

/** False when the claim is complete, or another one has replaced it. */
async function replaceClaim(db: SqlConnection, record: IdempotencyRecord): Promise<boolean> {
  const response = record.response === null ? null : JSON.stringify(record.response)
  const { numAffectedRows } = await sql`
    update server_idempotency_records set response = ${response}, lease_until = ${record.lease_until}
    where ${isOwnOpenClaim(record)}`.execute(db)
  return numAffectedRows === 1n
}

/** A single statement, so that only one of several concurrent claims succeeds. */
async function insertOrTakeOver(db: SqlConnection, record: IdempotencyRecord, now: string): Promise<boolean> {
  const { organization_id, key, fingerprint, expires_at, lease_until } = record
  const { rows } = await sql`
    insert into server_idempotency_records as stored (organization_id, key, fingerprint, expires_at, lease_until)
    values (${organization_id}, ${key}, ${fingerprint}, ${expires_at}, ${lease_until})
    on conflict (organization_id, key) do update
      set fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, lease_until = excluded.lease_until,
        response = null
      where stored.organization_id = excluded.organization_id and (stored.expires_at <= ${now}
        or stored.lease_until <= ${now} and stored.response is null and stored.fingerprint = excluded.fingerprint)
    returning 1 as claimed`.execute(db)
  return rows.length === 1
}

interface ReadRecord extends Omit<IdempotencyRecord, 'response'> {
  readonly response: string | null
}

async function find(db: SqlConnection, { organization_id, key }: IdempotencyRecord) {
  const { rows } = await sql<ReadRecord>`
    select organization_id, key, fingerprint, ${timeText(sql.ref('expires_at'))} as expires_at,
      ${timeText(sql.ref('lease_until'))} as lease_until, response::text as response
    from server_idempotency_records where organization_id = ${organization_id} and key = ${key}`.execute(db)
  const [record] = rows
  if (record === undefined) return undefined
  // The cast is safe: only `replaceClaim` writes this column.
  const response = record.response === null ? null : (parseExactJson(record.response) as StoredResponse)
  return { ...record, response }
}

/** Matches the claim of this caller, unless it is complete or another claim has replaced it. */
const isOwnOpenClaim = ({ organization_id, key, expires_at }: IdempotencyRecord) => sql`
  organization_id = ${organization_id} and key = ${key} and expires_at = ${expires_at} and lease_until is not null`
