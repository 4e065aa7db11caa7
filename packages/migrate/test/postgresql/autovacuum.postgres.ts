import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, startServer } from '@ai-ticket-creator/test-postgresql'
import { expect, test } from 'vitest'
import { connect, createMigration } from '../../src/index.ts'
import { createLegacyTables, insertLegacy } from '../legacy-tables.ts'

test('an autovacuum of the table that takes minutes does not stop a step', async () => {
  const server = await startServer('15', { settings: ['autovacuum_naptime=1s', 'autovacuum_vacuum_cost_limit=1'] })
  const url = await createDatabase(server.url)
  const [connection, observer] = [await connect(url), await connect(url)]
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await connection.query(statement)
  await connection.query(manyRows(20_000))
  await connection.query('DELETE FROM public.integrations WHERE total_requests = 0 AND random() < 0.5')
  await connection.query(
    'ALTER TABLE public.integrations SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)',
  )
  const isVacuumed = async () => {
    const { rows } = await observer.query<{ found: boolean }>(
      "SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 'public.integrations'::regclass) AS found",
    )
    return rows[0]?.found === true
  }
  // The role owns the tables and is no superuser, so it cannot see which other processes are autovacuum workers.
  for (const statement of [
    'CREATE ROLE migrator',
    'ALTER TABLE public.integrations OWNER TO migrator',
    'ALTER TABLE public.tickets OWNER TO migrator',
    'GRANT CREATE, USAGE ON SCHEMA public TO migrator',
    'GRANT SELECT, REFERENCES ON public.organizations, public.users, public.alembic_version TO migrator',
    `GRANT CREATE ON DATABASE "${new URL(url).pathname.slice(1)}" TO migrator`,
  ])
    await observer.query(statement)
  while (!(await isVacuumed())) await sleep(50)
  await connection.query('SET ROLE migrator')

  const migration = createMigration(connection, { limits: { lockAttempts: 20 } })
  await migration.apply({ to: 'expand' })

  expect(await migration.verify()).toEqual([])
  await Promise.all([connection.close(), observer.close()])
  await server.stop()
})

const manyRows = (count: number): string =>
  insertLegacy({ type: 'jira', status: 'active', isEnabled: true })
    .replace('VALUES (', 'SELECT ')
    .replace(/\)$/, ` FROM generate_series(1, ${count})`)
