import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, currentServer, startServer } from '@ai-ticket-creator/test-postgresql'
import { expect, test } from 'vitest'
import { connect, createMigration, STEP_NAMES } from '../../src/index.ts'
import { createLegacyTables, insertLegacy, readCatalog } from '../legacy-tables.ts'
import { connectAfterRuns, runCommand } from './killable-run.ts'
import { startOldClient } from './old-client.ts'

// The process is killed in a step, while an old client writes. `all` takes every step, else a few spread over all of them.
const WANTED = process.env['KILLED_STEPS'] ?? '2'
const SEED = Number(process.env['KILLED_STEPS_SEED'] ?? 20261130)
const ROWS = Number(process.env['KILLED_ROWS'] ?? 4000)

const serverUrl = currentServer() ?? 'missing'
const template = await createDatabase(serverUrl)
await fill(template)

const steps = WANTED === 'all' ? STEP_NAMES : sample(Number(WANTED))

test.each(steps)(
  `kill -9 of apply in the step %s: apply completes it, and undo restores everything (seed ${SEED})`,
  async (step) => {
    const url = await createDatabase(serverUrl, template)
    const before = await snapshot(url)
    const client = await startOldClient(url)

    const exitCode = await runCommand(url, 'apply', async (begun, kill) => {
      if (begun !== step) return
      await sleep(delay(step))
      kill()
    })
    const connection = await connectAfterRuns(url)
    const migration = createMigration(connection)
    await migration.apply()
    const problems = await migration.verify()
    await migration.undo()
    const written = await client.stop()

    expect([exitCode, problems]).toEqual([null, []])
    expect(await written.missing()).toEqual([])
    await written.remove()
    expect(await snapshot(url)).toEqual(before)
    await connection.close()
  },
)

test.each(steps)(`kill -9 of apply in the step %s: undo restores everything (seed ${SEED})`, async (step) => {
  const url = await createDatabase(serverUrl, template)
  const before = await snapshot(url)
  const client = await startOldClient(url)

  await runCommand(url, 'apply', async (begun, kill) => {
    if (begun !== step) return
    await sleep(delay(step))
    kill()
  })
  const connection = await connectAfterRuns(url)
  await createMigration(connection).undo()
  const written = await client.stop()

  expect(await written.missing()).toEqual([])
  await written.remove()
  expect(await snapshot(url)).toEqual(before)
  await connection.close()
})

test('kill -9 of PostgreSQL in the backfill: after a restart apply completes it', async () => {
  const server = await startServer('18')
  const url = await createDatabase(server.url)
  await fill(url)

  const exitCode = await runCommand(url, 'apply', async (step) => {
    if (step === 'backfill') await server.kill()
  })
  await server.start()
  const connection = await connect(url)
  const migration = createMigration(connection)
  await migration.apply()

  expect([exitCode, await migration.verify()]).toEqual([2, []])
  const { rows } = await connection.query('SELECT count(*)::int AS count FROM public.integrations')
  expect(rows).toEqual([{ count: ROWS }])
  await connection.close()
  await server.stop()
})

async function fill(url: string): Promise<void> {
  const connection = await connect(url)
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await connection.query(statement)
  const many = insertLegacy({ type: 'jira', status: 'inactive', isEnabled: true })
    .replace('VALUES (', 'SELECT ')
    .replace(/\)$/, ` FROM generate_series(1, ${ROWS})`)
  await connection.query(many)
  await connection.query('ANALYZE')
  await connection.close()
}

/** The catalog, and a hash of all rows with their old columns. */
async function snapshot(url: string) {
  const connection = await connect(url)
  const { rows } = await connection.query(
    "SELECT count(*)::int AS count, md5(string_agg(concat_ws(' ', id, name, integration_type, status, is_enabled, created_at), '|' ORDER BY id)) AS hash FROM public.integrations",
  )
  const catalog = await readCatalog(connection)
  await connection.close()
  return { rows, catalog }
}

function sample(count: number): readonly string[] {
  const width = STEP_NAMES.length / count
  return Array.from({ length: count }, (_, n) => STEP_NAMES[Math.floor(n * width) + (SEED % Math.floor(width))] ?? '')
}

/** Up to 60 ms, different for each step and seed. */
const delay = (step: string): number => ((SEED + STEP_NAMES.indexOf(step)) * 7919) % 60
