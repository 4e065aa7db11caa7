import { createDatabase } from '@ai-ticket-creator/test-postgresql'
import { createLegacyTables, insertIntegration, insertLegacy, insertTicket, readCatalog } from '../legacy-tables.ts'
import { OLD_VALUES, withConnection } from './ledger.ts'
import { LINKED } from './traffic.ts'

/** A database with the tables of the existing backend, `rows` integrations and half as many tickets. `reconcile` changes half of the integrations. */
export async function createFilledDatabase(serverUrl: string, rows: number): Promise<string> {
  const url = await createDatabase(serverUrl)
  await withConnection(url, async (connection) => {
    for (const statement of [
      ...createLegacyTables({ storage: 'values', isEnabled: true }),
      repeated(insertLegacy({ type: 'jira', status: 'inactive', isEnabled: true }), rows / 2),
      repeated(insertLegacy({ type: 'salesforce', status: 'error', isEnabled: true }), rows / 2),
      insertIntegration({ ...LINKED, description: '', organization: 'A' }),
      ...[LINKED.name, ` ${LINKED.name}`, 'zoom', 'unknown', null].map((name) =>
        repeated(insertTicket({ title: 'before', name, creator: 'A' }), rows / 10),
      ),
      'ANALYZE',
    ])
      await connection.query(statement)
  })
  return url
}

export const repeated = (insert: string, count: number): string =>
  insert.replace('VALUES (', 'SELECT ').replace(/\)$/, ` FROM generate_series(1, ${Math.ceil(count)})`)

/** The catalog, and the number and a hash of the rows that old clients read. */
export const readSnapshot = (url: string) =>
  withConnection(url, async (connection) => ({
    catalog: await readCatalog(connection),
    integrations: (await connection.query(hashOf('integrations', 'id, name, created_at, updated_at'))).rows,
    tickets: (await connection.query(hashOf('tickets', 'id, title, created_by_id'))).rows,
  }))

const hashOf = (table: 'integrations' | 'tickets', columns: string): string =>
  `SELECT count(*)::int AS count, md5(string_agg(concat_ws(' ', ${columns}, ${OLD_VALUES[table]}), '|' ORDER BY id)) AS hash FROM public.${table}`
