import type { Connection } from '../../src/index.ts'
import { WRITERS } from './fill-integrations.ts'
import type { LedgerRow } from './messages.ts'

const UNTOUCHED = `description <> ALL ('{${WRITERS.join(',')}}')`

// An integration is usable if it is enabled and active; the migration makes both columns agree.
const COLUMNS = {
  old: {
    platform: 'lower(stored.integration_type::text)',
    enabled: "(stored.is_enabled AND stored.status <> 'inactive')",
  },
  new: { platform: 'stored.platform_name', enabled: 'stored.enabled' },
} as const

/** The acknowledged writes that are not in the table, or with other values. */
export async function countWrong(
  connection: Connection,
  ledger: readonly LedgerRow[],
  columns: keyof typeof COLUMNS,
): Promise<number> {
  const { platform } = COLUMNS[columns]
  // What the client wrote, not what the migration makes of it.
  const enabled = columns === 'old' ? 'stored.is_enabled' : 'stored.enabled'
  const { rows } = await connection.query<{ count: number }>(
    `SELECT count(*)::float8 AS count FROM jsonb_to_recordset($1::jsonb) AS expected (id uuid, platform text, enabled boolean)
      LEFT JOIN public.integrations AS stored ON stored.id = expected.id
      WHERE stored.id IS NULL OR ${platform} IS DISTINCT FROM expected.platform OR ${enabled} IS DISTINCT FROM expected.enabled`,
    [JSON.stringify(ledger)],
  )
  return rows[0]?.count ?? Number.NaN
}

/** A hash of every row that no client writes: the meaning of the changed columns and the text of the others. */
export async function hashUntouched(connection: Connection, columns: keyof typeof COLUMNS): Promise<string> {
  const { platform, enabled } = COLUMNS[columns]
  return hash(
    connection,
    `concat_ws('|', id, name, description, ${platform}, ${enabled}, organization_id, base_url, auth_type, credentials_encrypted, notes, routing_rules, total_requests, environment, created_at, updated_at, is_deleted)`,
  )
}

/** A hash of every row that no client writes, with every column of the old schema. */
export const hashOldRows = (connection: Connection): Promise<string> =>
  hash(
    connection,
    "concat_ws('|', id, name, description, integration_type, status, is_enabled, organization_id, base_url, auth_type, credentials_encrypted, notes, routing_rules, total_requests, environment, created_at, updated_at, is_deleted)",
  )

async function hash(connection: Connection, text: string): Promise<string> {
  const { rows } = await connection.query<{ hash: string }>(
    `SELECT count(*) || ' ' || sum(hashtextextended(${text}, 0)::numeric) AS hash FROM public.integrations AS stored WHERE ${UNTOUCHED}`,
  )
  return rows[0]?.hash ?? ''
}
