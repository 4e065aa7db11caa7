import { resolveIntegrationName } from '@ai-ticket-creator/domain'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readSeed } from '../../../vitest.sizes.ts'
import { type Connection, createMigration, type Database, type ProgressEvent } from '../src/index.ts'
import { beforeEachStatement } from './before-each-statement.ts'
import {
  createLegacyTables,
  insertIntegration,
  insertLegacy,
  insertTicket,
  ORGANIZATIONS,
  readCatalog,
  USERS,
} from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

const SEED = readSeed('NAMES_SEED', 20261130)

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(statement)
})

const run = async (...statements: readonly string[]) => {
  for (const statement of statements) await database.query(statement)
}

/** Each ticket with the name of its integration, in the order of their titles. */
const readLinks = async () =>
  (
    await database.query<{ title: string; integration: string | null }>(
      'SELECT title, (SELECT description FROM public.integrations WHERE id = tickets.integration_id) AS integration FROM public.tickets ORDER BY title',
    )
  ).rows.map(({ title, integration }) => [title, integration])

type Candidate = Partial<Parameters<typeof insertIntegration>[0]> & { readonly name: string }

/** Statements that create an organization with these integrations and one ticket, whose title is the number. */
const rowsOfOneOrganization = (number: number, candidates: readonly Candidate[], name: string): readonly string[] => [
  `INSERT INTO public.organizations VALUES ('${idOf(number)}')`,
  `INSERT INTO public.users VALUES ('${idOf(number)}', '${idOf(number)}')`,
  ...candidates.map((one, index) =>
    insertIntegration({ ...one, description: '', organization: 'A', id: idOf(number, index + 1) }).replace(
      ORGANIZATIONS.A,
      idOf(number),
    ),
  ),
  insertTicket({ title: String(number), name, creator: 'A' }).replace(USERS.A, idOf(number)),
]

// The id of zeros means no organization.
const idOf = (organization: number, row = 0): string =>
  [organization + 1, row]
    .map((part) => String(part).padStart(4, '0'))
    .join('')
    .padEnd(32, '0')
    .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

const readReasons = async () =>
  (
    await database.query<{ name: string; reason: string }>(
      'SELECT name, reason FROM ai_ticket_creator_migration.ticket_names ORDER BY name, organization_id',
    )
  ).rows.map(({ name, reason }) => [name, reason])

test('a ticket is linked to the one integration with its name after trimming, in the organization of its creator', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'of A', organization: 'A' }),
    insertIntegration({ name: ' Support ', description: 'of B', organization: 'B' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    insertTicket({ title: '2', name: 'Support\n', creator: 'B' }),
    insertTicket({ title: '3', name: null, creator: 'A' }),
    insertTicket({ title: '4', name: '  ', creator: 'A' }),
  )

  await createMigration(database).apply({ to: 'tickets-constraints' })

  expect(await readLinks()).toEqual([
    ['1', 'of A'],
    ['2', 'of B'],
    ['3', null],
    ['4', null],
  ])
  const { rows } = await database.query('SELECT DISTINCT organization_id AS id FROM public.tickets ORDER BY 1')
  expect(rows).toEqual([{ id: ORGANIZATIONS.A }, { id: ORGANIZATIONS.B }])
})

// Each case has an organization of its own, so that one run looks up all names.
const lookUps = {
  'an inactive integration': [[{ name: 'Support', status: 'inactive' }], 'Support', 'linked', 'name'],
  'a deleted integration': [[{ name: 'Support', isDeleted: true }], 'Support', 'linked', 'name_of_deleted'],
  'the only one of the platform': [[{ name: 'Bugs', type: 'jira' }], 'JIRA', 'linked', 'platform'],
  'several integrations': [[{ name: 'Support' }, { name: 'Support ' }], 'Support', 'not linked', 'ambiguous'],
  'several deleted ones': [
    [
      { name: 'Support', isDeleted: true },
      { name: 'Support', isDeleted: true },
    ],
    'Support',
    'not linked',
    'ambiguous',
  ],
  'one that is deleted and one that is not': [
    [{ name: 'Support' }, { name: 'Support', isDeleted: true }],
    'Support',
    'not linked',
    'ambiguous',
  ],
  'several of the platform': [
    [
      { name: 'A', type: 'jira' },
      { name: 'B', type: 'jira' },
    ],
    'jira',
    'not linked',
    'not_found',
  ],
  'another case': [[{ name: 'Support' }], 'support', 'not linked', 'not_found'],
  'more spaces within': [[{ name: 'Our Support' }], 'Our  Support', 'not linked', 'not_found'],
  'a zero-width space': [[{ name: 'Support' }], 'Sup\u200bport', 'not linked', 'not_found'],
  'another Unicode form': [[{ name: 'Caf\u00e9' }], 'Cafe\u0301', 'not linked', 'not_found'],
  'nothing alike': [[{ name: 'Support' }], 'Sales', 'not linked', 'not_found'],
} as const satisfies Readonly<
  Record<string, readonly [readonly Candidate[], string, 'linked' | 'not linked', reason: string]>
>

test('a ticket is linked to the one integration that its name means, and other names are not; each name has a reason', async () => {
  const cases = Object.entries(lookUps)
  for (const [index, [, [candidates, name]]] of cases.entries())
    await run(...rowsOfOneOrganization(index, candidates, name))

  await createMigration(database).apply({ to: 'tickets-names' })

  const { rows } = await database.query<{ index: number; link: string; reason: string }>(
    `SELECT title::int AS index, CASE WHEN tickets.integration_id IS NULL THEN 'not linked' WHEN integrations.organization_id = tickets.organization_id THEN 'linked' ELSE 'linked to another organization' END AS link, reason
      FROM public.tickets JOIN ai_ticket_creator_migration.ticket_names USING (organization_id)
        LEFT JOIN public.integrations ON integrations.id = tickets.integration_id ORDER BY 1`,
  )
  const found = rows.map(({ index, link, reason }) => [cases[index]?.[0], link, reason])
  expect(found).toEqual(cases.map(([what, [, , link, reason]]) => [what, link, reason]))
})

test('a creator without an organization gives the ticket none, and the reason names this', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'of A', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'none' }),
  )
  const migration = createMigration(database)

  await migration.apply()

  expect(await readReasons()).toEqual([['Support', 'no_organization']])
  expect(await migration.verify()).toEqual([])
})

test(`names without deleted integrations are linked as the application resolves them (seed ${SEED})`, async () => {
  const names = ['jira', ' jira', 'Jira', 'JIRA', 'slack', 'Support', 'Support ', 'support']
  const candidate = fc.record({
    name: fc.constantFrom(...names),
    platform_name: fc.constantFrom('jira', 'slack', 'zoom'),
  })
  const cases = fc.sample(fc.tuple(fc.constantFrom(...names), fc.array(candidate, { maxLength: 4 })), {
    seed: SEED,
    numRuns: 60,
  })
  for (const [index, [name, candidates]] of cases.entries())
    await run(
      ...rowsOfOneOrganization(
        index,
        candidates.map((one) => ({ name: one.name, type: one.platform_name })),
        name,
      ),
    )

  await createMigration(database).apply({ to: 'tickets-names' })

  const { rows } = await database.query<{ index: number; id: string | null }>(
    'SELECT title::int AS index, integration_id AS id FROM public.tickets ORDER BY 1',
  )
  const expected = cases.map(([name, candidates], index) => {
    const all = candidates.map((one, number) => ({ ...one, id: idOf(index, number + 1), status: 'active' }))
    const resolved = resolveIntegrationName(name, all)
    return { index, id: resolved.code === undefined ? resolved.id : null }
  })
  expect(rows).toEqual(expected)
})

describe('while old and new clients write', () => {
  beforeEach(async () => {
    await run(
      insertIntegration({
        name: 'Support',
        description: 'support',
        organization: 'A',
        id: '00000000-0000-4000-8000-000000000001',
      }),
      insertIntegration({
        name: 'Sales',
        description: 'sales',
        organization: 'A',
        id: '00000000-0000-4000-8000-000000000002',
      }),
      insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    )
  })

  test('each apply links the tickets that old clients added or changed since', async () => {
    const migration = createMigration(database)
    await migration.apply({ to: 'view' })
    await run(
      insertTicket({ title: '2', name: 'Sales', creator: 'A' }),
      "UPDATE public.tickets SET integration_routing = 'Sales' WHERE title = '1'",
    )
    const before = await readLinks()

    await migration.apply({ to: 'view' })

    expect(before).toEqual([
      ['1', null],
      ['2', null],
    ])
    expect(await readLinks()).toEqual([
      ['1', 'sales'],
      ['2', 'sales'],
    ])
  })

  test('retire links the tickets that were added before it', async () => {
    await createMigration(database).apply({ to: 'view' })
    await run(insertTicket({ title: '2', name: 'Sales', creator: 'A' }))

    await createMigration(database).apply({ to: 'retire' })

    expect(await readLinks()).toEqual([
      ['1', 'support'],
      ['2', 'sales'],
    ])
  })

  test('contract is refused while a name was not looked up', async () => {
    await createMigration(database).apply({ to: 'retire' })
    await database.query("SET session_replication_role TO 'replica'")
    // A second run could not see the name of a row that a replication process adds after its last pass.
    const session = {
      // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
      async query<Row>(text: string, values?: unknown[]) {
        const result = await database.query<Row>(text, values)
        if (text.startsWith('ANALYZE'))
          await database.query(
            insertTicket({ title: '2', name: 'Sales', creator: 'A' }).replace(
              'integration_routing',
              'retired_integration_routing',
            ),
          )
        return result
      },
    }

    const refusal = createMigration(session).apply()

    await expect(refusal).rejects.toThrow(
      'contract cannot start: 1 tickets have a name that was not looked up; run apply again',
    )
    await database.query('RESET session_replication_role')
    await createMigration(database).apply()
    expect(await createMigration(database).verify()).toEqual([])
  })

  test('old clients read the name of the integration that new clients choose', async () => {
    await createMigration(database).apply({ to: 'view' })
    const update = (set: string) => database.query(`UPDATE public.tickets SET ${set} WHERE title = '1'`)
    const read = async () =>
      (await database.query('SELECT integration_routing AS name FROM public.tickets ORDER BY title')).rows

    await update("integration_id = '00000000-0000-4000-8000-000000000002'")
    const changed = await read()
    await update('integration_id = NULL')
    const cleared = await read()
    await run(
      `INSERT INTO public.tickets (id, title, created_by_id, organization_id, integration_id) VALUES (gen_random_uuid(), '2', '${USERS.A}', '${ORGANIZATIONS.A}', '00000000-0000-4000-8000-000000000001')`,
    )

    expect(changed).toEqual([{ name: 'Sales' }])
    expect(cleared).toEqual([{ name: null }])
    expect(await read()).toEqual([{ name: null }, { name: 'Support' }])
  })
})

test('undo after contract gives every ticket its name, exactly as it was', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'support', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    insertTicket({ title: '2', name: ' Support', creator: 'A' }),
    insertTicket({ title: '3', name: 'Unknown', creator: 'A' }),
    insertTicket({ title: '4', name: null, creator: 'A' }),
  )
  const read = async () => (await database.query('SELECT * FROM public.tickets ORDER BY title')).rows
  const before = { catalog: await readCatalog(database), rows: await read() }
  const migration = createMigration(database)

  await migration.apply()
  const { rows } = await database.query(
    'SELECT title, integration_routing AS name FROM public.tickets_legacy ORDER BY title',
  )
  await migration.undo()

  expect(rows).toEqual([
    { title: '1', name: 'Support' },
    { title: '2', name: 'Support' },
    { title: '3', name: null },
    { title: '4', name: null },
  ])
  const after = await read()
  expect(await readCatalog(database)).toEqual(before.catalog)
  expect(after).toEqual(before.rows)
})

test('undo is refused while the name of an integration does not fit, and done when it does', async () => {
  const long = 'x'.repeat(300)
  await run('ALTER TABLE public.integrations ALTER COLUMN name TYPE varchar(300)')
  await run(insertIntegration({ name: long, description: 'long', organization: 'A' }))
  const migration = createMigration(database)
  await migration.apply()
  await run(
    `INSERT INTO public.tickets (id, title, created_by_id, organization_id, integration_id) SELECT gen_random_uuid(), '1', '${USERS.A}', '${ORGANIZATIONS.A}', id FROM public.integrations`,
  )

  await expect(migration.undo()).rejects.toThrow(
    'tickets-columns cannot be undone: 1 tickets are linked to an integration whose name has more characters than integration_routing has room for, and would lose it; give these integrations shorter names, and run undo again',
  )
  await run("UPDATE public.integrations SET name = 'short'")
  await migration.undo()

  const { rows } = await database.query('SELECT integration_routing AS name FROM public.tickets')
  expect(rows).toEqual([{ name: 'short' }])
})

test('a run in pieces links the same tickets as a run at once', async () => {
  const names = Array.from({ length: 40 }, (_, number) => `Name ${number}`)
  await run(
    ...names.map((name, number) =>
      insertIntegration({
        name: number % 7 === 0 ? 'Twice' : name,
        description: name,
        organization: number % 2 === 0 ? 'A' : 'B',
      }),
    ),
    `INSERT INTO public.tickets (id, title, created_by_id, integration_routing) SELECT md5(number::text)::uuid, number, CASE number % 2 WHEN 0 THEN '${USERS.A}' ELSE '${USERS.B}' END::uuid, 'Name ' || number % 45 FROM generate_series(1, 2000) AS number`,
  )
  const migration = createMigration(database)
  await migration.apply({ to: 'tickets-names' })
  const atOnce = await readLinks()
  await migration.undo({ to: 'indexes' })

  for (let piece = 0; piece < 3; piece += 1) {
    const onProgress = (event: ProgressEvent) => {
      if (event.type === 'rows' && event.step === 'tickets-names') throw new Error('stopped')
    }
    await expect(
      createMigration(database, { onProgress, limits: { batchRows: 250 } }).apply({ to: 'tickets-names' }),
    ).rejects.toThrow('stopped')
  }
  await migration.apply({ to: 'tickets-names' })

  expect(await readLinks()).toEqual(atOnce)
  expect(atOnce.filter(([, integration]) => integration !== null)).toHaveLength(766)
})

test('a run that continues in a table that has become smaller misses no ticket', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'of A', organization: 'A' }),
    ...['1', '2'].map((title) => insertTicket({ title, name: 'Support', creator: 'A' })),
  )
  const onProgress = (event: ProgressEvent) => {
    if (event.type === 'rows' && event.step === 'tickets-names') throw new Error('stopped')
  }
  await expect(createMigration(database, { onProgress }).apply({ to: 'tickets-names' })).rejects.toThrow('stopped')
  // The stored cursor is moved behind the end of the table, and the links are removed.
  await run(
    "UPDATE ai_ticket_creator_migration.progress SET page = 1000 WHERE action LIKE 'tickets-names%'",
    'ALTER TABLE public.tickets DISABLE TRIGGER USER',
    'UPDATE public.tickets SET integration_id = NULL',
    'ALTER TABLE public.tickets ENABLE TRIGGER USER',
  )

  await createMigration(database).apply({ to: 'tickets-names' })

  expect(await readLinks()).toEqual([
    ['1', 'of A'],
    ['2', 'of A'],
  ])
})

test('in a database that does not store Unicode, only ASCII spaces are removed around a name', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'of A', organization: 'A' }),
    insertTicket({ title: '1', name: ' Support', creator: 'A' }),
    insertTicket({ title: '2', name: '\u00A0Support', creator: 'A' }),
    insertTicket({ title: '3', name: 'SUPPORT', creator: 'A' }),
  )
  const session: Database = {
    // The row is of the form that the query selects.
    query: async <Row>(text: string, values?: unknown[]) =>
      text.includes('server_encoding') ? { rows: [{ found: false }] as Row[] } : database.query<Row>(text, values),
  }

  await createMigration(session).apply({ to: 'tickets-names' })

  expect(await readLinks()).toEqual([
    ['1', 'of A'],
    ['2', null],
    ['3', null],
  ])
  expect((await createMigration(session).ticketNames()).map(({ candidates }) => candidates.length)).toEqual([0, 1])
})

test('old clients that go on writing a name while it is looked up do not stop the step', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'of A', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
  )
  let written = 0
  let isWalking = false
  const session = beforeEachStatement(database, async (text) => {
    if (isWalking) {
      const id = `00000000-0000-4000-8000-${String(++written).padStart(12, '0')}`
      await database.query(insertTicket({ title: `behind ${written}`, name: 'Support', creator: 'A', id }))
    }
    isWalking = text.includes('SET integration_id')
  })

  await createMigration(session).apply({ to: 'view' })
  const afterTheFirst = await readLinks()
  await createMigration(database).apply({ to: 'view' })

  // One row in each pass of one walk.
  expect(written).toBe(8)
  expect(afterTheFirst).toContainEqual(['1', 'of A'])
  expect(afterTheFirst).toContainEqual([`behind ${written}`, null])
  expect((await readLinks()).filter(([, integration]) => integration === null)).toEqual([])
})

test('a ticket whose integration was deleted does not stop the foreign keys', async () => {
  await run(
    insertIntegration({ name: 'Support', description: 'support', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
  )
  const migration = createMigration(database)
  await migration.apply({ to: 'tickets-names' })
  await run('DELETE FROM public.integrations')

  await migration.apply()

  expect(await readLinks()).toEqual([['1', null]])
  expect(await migration.verify()).toEqual([])
})

test('a table of tickets without names of integrations stays as it is', async () => {
  await run('ALTER TABLE public.tickets DROP COLUMN integration_routing')
  const columns = async () => (await readCatalog(database)).filter((line) => line.includes('tickets'))
  const before = await columns()

  await createMigration(database).apply()

  expect(await columns()).toEqual(before)
})

test('without organizations and without a limit of the name, tickets are linked too', async () => {
  for (const statement of createLegacyTables({ storage: 'names', isEnabled: false })) await database.query(statement)
  await run(
    'ALTER TABLE public.tickets ALTER COLUMN integration_routing TYPE text',
    insertLegacy({ type: 'JIRA', status: 'ACTIVE', name: 'Support' }),
    "UPDATE public.integrations SET description = 'it'",
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
  )
  const before = await readCatalog(database)
  const migration = createMigration(database)

  await migration.apply()
  const links = await readLinks()
  const { plans } = await migration.queryPlans()
  await migration.undo()

  expect(links).toEqual([['1', 'it']])
  expect(plans).toHaveLength(8)
  expect(await readCatalog(database)).toEqual(before)
})

test('an organization column that tickets already have is used, and stays after undo', async () => {
  await run(
    'ALTER TABLE public.tickets ADD COLUMN organization_id uuid',
    'ALTER TABLE public.integrations DROP COLUMN created_at',
    insertIntegration({ name: 'Support', description: 'of B', organization: 'B' })
      .replace(', created_at', '')
      .replace('now(), ', ''),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    `UPDATE public.tickets SET organization_id = '${ORGANIZATIONS.B}'`,
  )
  const before = await readCatalog(database)
  const migration = createMigration(database)

  await migration.apply()
  const links = await readLinks()
  const { platforms } = await migration.queryPlans()
  await migration.undo()

  expect(links).toEqual([['1', 'of B']])
  expect(platforms).toEqual([{ platform: 'zoom', integrations: 1 }])
  expect(await readCatalog(database)).toEqual(before)
})

test.each([
  [
    'tickets-columns',
    'DROP TRIGGER ai_ticket_creator_sync_ticket_insert ON public.tickets',
    '1 of the 2 triggers on tickets are missing or disabled',
  ],
  [
    'tickets-constraints',
    'DROP INDEX public.ix_tickets_integration_id',
    'integration_id of tickets lacks its foreign key or its index',
  ],
  [
    'tickets-names',
    `UPDATE public.integrations SET organization_id = '${ORGANIZATIONS.B}'`,
    '1 tickets are linked to an integration of another organization',
  ],
  [
    'contract',
    'ALTER TABLE public.tickets ADD COLUMN retired_integration_routing text',
    'tickets still has the old column',
  ],
])('verify after %s finds the effect of %s', async (step, statement, problem) => {
  await run(
    insertIntegration({ name: 'Support', description: '', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
  )
  const migration = createMigration(database)
  await migration.apply({ to: step })
  await run(statement)

  expect(await migration.verify()).toEqual([problem])
})
