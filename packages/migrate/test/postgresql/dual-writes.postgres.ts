import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { literal } from '../../src/catalog/sql.ts'
import { type Connection, createMigration } from '../../src/index.ts'
import { createLegacyTables, insertCurrent, insertLegacy } from '../legacy-tables.ts'
import { createRandom, SEED } from './choose-steps.ts'
import { withConnection } from './ledger.ts'

// Old and new clients change the same rows at the same time, from the first step in which both can write.
const WRITES = readSize('DUAL_WRITES', 20_000)
const CONNECTIONS = 8
const ROWS = 500
const WRITES_OF_A_TRANSACTION = 10

test(`after ${WRITES} writes of old and new clients on the same rows, each had its effect and both sides agree (seed ${SEED})`, async () => {
  const url = await createDatabase(requireServer())
  await withConnection(url, prepare)

  const clients = Array.from({ length: CONNECTIONS }, (_, number) =>
    withConnection(url, (connection) =>
      writeAll(connection, number % 2 === 0 ? OLD : NEW, createRandom(`client ${number}`)),
    ),
  )
  const migrating = withConnection(url, (connection) => createMigration(connection).apply({ to: 'view' }))
  const written = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0)
  await migrating

  expect(written).toBeGreaterThanOrEqual(WRITES)
  await withConnection(url, async (connection) => {
    expect(await createMigration(connection).verify()).toEqual([])
    expect(await readWrong(connection)).toEqual([])
  })
})

async function prepare(connection: Connection): Promise<void> {
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await connection.query(statement)
  for (let number = 0; number < ROWS; number++)
    await connection.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true, id: idOf(number) }))
  await connection.query('CREATE TABLE public.ignored_writes (id uuid, written text)')
  await createMigration(connection).apply({ to: 'sync' })
}

type Write = (id: string, random: () => number) => string

/** Sends transactions of a few writes each, until the share of this client is written. Returns their number. */
async function writeAll(connection: Connection, writes: readonly Write[], random: () => number): Promise<number> {
  let count = 0
  for (; count < WRITES / CONNECTIONS; count += WRITES_OF_A_TRANSACTION) {
    // In the order of the ids, so that two transactions cannot wait for each other.
    const ids = Array.from({ length: WRITES_OF_A_TRANSACTION }, () => idOf(Math.floor(random() * ROWS))).toSorted()
    await connection.query(ids.map((id) => pick(writes, random)(id, random)).join('; '))
  }
  return count
}

const pick = <Value>(values: readonly Value[], random: () => number): Value => {
  const [value] = values.slice(Math.floor(random() * values.length))
  if (value === undefined) throw new RangeError('there is nothing to pick from')
  return value
}

/** Sets columns. If the row is not as expected right after that, its id is stored. A null is no difference: the column is not filled yet. */
const update = (id: string, set: string, expected: string): string =>
  `WITH written AS (UPDATE public.integrations SET ${set} WHERE id = '${id}' RETURNING *) INSERT INTO public.ignored_writes SELECT id, ${literal(set)} FROM written WHERE (${expected}) IS FALSE`

const isPlatform = (platform: string): string => `integration_type = '${platform}' AND platform_name = '${platform}'`
// In the step `reconcile` a row with status `inactive` becomes disabled, so a write of `true` to it may have no effect.
const isEnabled = (value: boolean): string =>
  `enabled = is_enabled AND (enabled = ${value} OR (NOT enabled AND status = 'inactive'))`

const OLD: readonly Write[] = [
  (id, random) => {
    const type = pick(['jira', 'slack', 'zoom', 'github'], random)
    return update(id, `integration_type = '${type}'`, isPlatform(type))
  },
  (id, random) => {
    const value = random() < 0.5
    return update(id, `is_enabled = ${value}`, isEnabled(value))
  },
  (id, random) => {
    const status = pick(['active', 'inactive', 'error', 'pending'], random)
    return update(id, `status = '${status}'`, `status = '${status}'`)
  },
  (id, random) => {
    const [type, value] = [pick(['sms', 'asana'], random), random() < 0.5]
    return update(
      id,
      `integration_type = '${type}', is_enabled = ${value}`,
      `${isPlatform(type)} AND ${isEnabled(value)}`,
    )
  },
  () => insertLegacy({ type: 'slack', status: 'active', isEnabled: true }),
]

const NEW: readonly Write[] = [
  (id, random) => {
    const platform = pick(['jira', 'hubspot', 'email', 'webhook'], random)
    return update(id, `platform_name = '${platform}'`, isPlatform(platform))
  },
  (id, random) => {
    const value = random() < 0.5
    return update(id, `enabled = ${value}`, isEnabled(value))
  },
  (id) => update(id, "enabled = false, status = 'inactive'", `${isEnabled(false)} AND status = 'inactive'`),
  (id) =>
    update(
      id,
      "platform_name = 'trello', integration_category = 'project_management', enabled = true",
      `${isPlatform('trello')} AND ${isEnabled(true)}`,
    ),
  () => insertCurrent({ platform: 'github', category: 'code_repository', status: 'active', enabled: true }),
]

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/**
 * The writes that had no effect, and the rows whose old and new columns disagree. Each value of the old enum is the name of a
 * platform, so the columns are compared without the expressions of the migration.
 */
async function readWrong(connection: Connection): Promise<readonly unknown[]> {
  const { rows } = await connection.query(
    "SELECT id, written FROM public.ignored_writes UNION ALL SELECT id, 'differs' FROM public.integrations WHERE integration_type::text IS DISTINCT FROM platform_name OR is_enabled IS DISTINCT FROM enabled OR enabled <> (status <> 'inactive') OR integration_category IS NULL",
  )
  return rows
}
