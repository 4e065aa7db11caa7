import { type Connection, connect } from '../../src/index.ts'
import { createLegacyTables, ORGANIZATIONS } from '../legacy-tables.ts'

/** Random ids, or ids that grow with the time of the insert as UUIDv7 does. */
export type Ids = 'random' | 'time'

/** The writers of the traffic. Each one changes only its own rows, so that its ledger states how they end. */
export const WRITERS = ['writer 0', 'writer 1'] as const

/**
 * Creates the tables of an existing backend with so many integrations of about 480 bytes. Each writer has 1 % of them. Of
 * the others 10 % are inactive although `is_enabled` is true, as the scripts of the backend leave them.
 */
export async function fillIntegrations(url: string, rows: number, ids: Ids): Promise<void> {
  const connection = await connect(url)
  for (const statement of tablesWithoutIndexes()) await connection.query(statement)
  await connection.query(insertRows(rows, ids))
  await createIndexes(connection)
  await connection.query('VACUUM (ANALYZE) public.integrations')
  await connection.query('CHECKPOINT')
  await connection.close()
}

const tables = createLegacyTables({ storage: 'values', isEnabled: true })
const isIndex = (statement: string) => statement.startsWith('CREATE INDEX ix_integrations')
const tablesWithoutIndexes = () => tables.filter((statement) => !isIndex(statement))

// Indexes of filled tables are built much faster than they are filled row by row.
async function createIndexes(connection: Connection): Promise<void> {
  await connection.query('ALTER TABLE public.integrations ADD PRIMARY KEY (id)')
  for (const statement of tables.filter(isIndex)) await connection.query(statement)
}

function insertRows(rows: number, ids: Ids): string {
  const id =
    ids === 'random'
      ? 'gen_random_uuid()'
      : "(lpad(to_hex(n), 12, '0') || right(replace(gen_random_uuid()::text, '-', ''), 20))::uuid"
  return `ALTER TABLE public.integrations DROP CONSTRAINT integrations_pkey;
    INSERT INTO public.integrations (id, name, description, integration_type, status, is_enabled, organization_id, base_url, auth_type, credentials_encrypted, notes, routing_rules, total_requests, default_priority, sync_enabled, environment, created_at, updated_at, is_deleted)
    SELECT ${id}, 'Integration ' || n, CASE n % 100 WHEN 0 THEN '${WRITERS[0]}' WHEN 1 THEN '${WRITERS[1]}' ELSE 'Created by the bench' END,
      (enum_range(NULL::public.integrationtype))[1 + n % 15], CASE WHEN n % 100 BETWEEN 2 AND 11 THEN 'inactive' ELSE 'active' END::public.integrationstatus, true,
      '${ORGANIZATIONS.A}', 'https://' || n || '.example.com/api/v2', 'api_key', repeat(md5(n::text), 4), repeat('A note about this integration. ', 3), '{"priority":["high","urgent"]}',
      n % 1000, 0, true, 'production', timestamptz '2025-01-01' + n * interval '10 seconds', timestamptz '2025-01-01' + n * interval '11 seconds', false
    FROM generate_series(1, ${rows}) AS n`
}
