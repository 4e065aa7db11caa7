import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { type Connection, createMigration } from '../../src/index.ts'
import { createLegacyTables, insertIntegration, insertTicket } from '../legacy-tables.ts'
import { createRandom, SEED } from './choose-steps.ts'
import { repeated } from './filled-tables.ts'
import { withConnection } from './ledger.ts'

// Old clients insert tickets with names and change names, while the walks look the names up.
const TICKETS = readSize('TICKET_ROWS', 6000)
const CLIENTS = 4
const PASSES = 3

const LINKED_A = 'a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1'
const LINKED_B = 'b1b1b1b1-b1b1-4b1b-8b1b-b1b1b1b1b1b1'
const DELETED = 'd1d1d1d1-d1d1-4d1d-8d1d-d1d1d1d1d1d1'

/** Names, and the integration and the reason that each has in the end. */
const NAMES = [
  { name: 'Linked', creator: 'A', integration: LINKED_A, reason: 'name' },
  { name: ' Linked\u00A0', creator: 'A', integration: LINKED_A, reason: 'name' },
  { name: 'Linked', creator: 'B', integration: LINKED_B, reason: 'name' },
  { name: 'Deleted', creator: 'A', integration: DELETED, reason: 'name_of_deleted' },
  { name: 'Deleted', creator: 'B', integration: null, reason: 'not_found' },
  { name: 'Twice', creator: 'A', integration: null, reason: 'ambiguous' },
  { name: 'linked', creator: 'A', integration: null, reason: 'not_found' },
  { name: 'Linked', creator: 'none', integration: null, reason: 'no_organization' },
  { name: '  ', creator: 'A', integration: null, reason: 'no_name' },
  { name: null, creator: 'A', integration: null, reason: 'no_name' },
] as const

test(`tickets that old clients write while names are looked up have the right integration and a reason (seed ${SEED})`, async () => {
  const url = await createDatabase(requireServer())
  await withConnection(url, prepare)
  const stopping = new AbortController()
  const clients = Promise.all(
    Array.from({ length: CLIENTS }, (_, number) =>
      withConnection(url, (connection) => writeUntil(stopping.signal, connection, createRandom(`client ${number}`))),
    ),
  )
  // A failure is thrown where the clients are awaited.
  clients.catch(() => {})

  await withConnection(url, async (connection) => {
    const migration = createMigration(connection)
    try {
      await migration.apply({ to: 'indexes' })
      for (let pass = 0; pass < PASSES; pass++) await migration.apply({ to: 'view' })
    } finally {
      stopping.abort()
    }
    const ledger = new Map((await clients).flatMap((written) => [...written]))
    // The walk of `retire` is the last one: no client writes names after it.
    await migration.apply({ to: 'retire' })

    expect(ledger.size).toBeGreaterThan(0)
    expect(await readWrong(connection, ledger)).toEqual([])
    expect(await readUnexpected(connection)).toEqual([])
    await migration.apply()
    expect(await migration.verify()).toEqual([])
  })
})

async function prepare(connection: Connection): Promise<void> {
  const named = (
    name: string,
    organization: 'A' | 'B',
    more: { readonly id?: string; readonly isDeleted?: boolean } = {},
  ) => insertIntegration({ name, description: '', organization, ...more })
  for (const statement of [
    ...createLegacyTables({ storage: 'values', isEnabled: true }),
    named('Linked', 'A', { id: LINKED_A }),
    named('Linked', 'B', { id: LINKED_B }),
    named('Deleted', 'A', { id: DELETED, isDeleted: true }),
    named('Twice', 'A'),
    named('Twice', 'A'),
    ...NAMES.map((_, kind) => repeated(insertOf(kind), TICKETS / NAMES.length)),
    'ANALYZE',
  ])
    await connection.query(statement)
}

/** The title of a ticket is the number of its name. */
const insertOf = (kind: number, id?: string): string => {
  const { name, creator } = nameOf(kind)
  return insertTicket({ title: String(kind), name, creator, ...(id === undefined ? {} : { id }) })
}

function nameOf(kind: number): (typeof NAMES)[number] {
  const found = NAMES[kind]
  if (found === undefined) throw new RangeError(`there is no name ${kind}`)
  return found
}

/** Inserts tickets, and after each one gives some ticket another name of the same creator. Returns the kind of each ticket. */
async function writeUntil(
  signal: AbortSignal,
  connection: Connection,
  random: () => number,
): Promise<ReadonlyMap<string, number>> {
  const written = new Map<string, number>()
  const ids: string[] = []
  while (!signal.aborted) {
    const id = crypto.randomUUID()
    const kind = Math.floor(random() * NAMES.length)
    await connection.query(insertOf(kind, id))
    written.set(id, kind)
    ids.push(id)

    const changed = ids[Math.floor(random() * ids.length)] ?? id
    const { creator } = nameOf(written.get(changed) ?? kind)
    const others = [...NAMES.keys()].filter((other) => nameOf(other).creator === creator)
    const next = others[Math.floor(random() * others.length)] ?? kind
    await connection.query('UPDATE public.tickets SET title = $2, integration_routing = $3 WHERE id = $1', [
      changed,
      String(next),
      nameOf(next).name,
    ])
    written.set(changed, next)
  }
  return written
}

/** The acknowledged tickets that are lost or have another name than the last one that was written. */
async function readWrong(connection: Connection, ledger: ReadonlyMap<string, number>) {
  const { rows } = await connection.query(
    `SELECT expected.id, expected.title, stored.title AS stored FROM jsonb_to_recordset($1::jsonb) AS expected (id uuid, title text)
      LEFT JOIN public.tickets AS stored USING (id) WHERE stored.title IS DISTINCT FROM expected.title LIMIT 10`,
    [JSON.stringify([...ledger].map(([id, kind]) => ({ id, title: String(kind) })))],
  )
  return rows
}

/** All tickets whose integration or reason is not that of their name. */
async function readUnexpected(connection: Connection) {
  const { rows } = await connection.query(
    `SELECT tickets.id, expected.kind, tickets.integration_id, names.reason
      FROM public.tickets JOIN jsonb_to_recordset($1::jsonb) AS expected (kind text, name text, integration uuid, reason text) ON expected.kind = tickets.title
        JOIN public.users ON users.id = tickets.created_by_id
        LEFT JOIN ai_ticket_creator_migration.ticket_names AS names ON names.name = coalesce(btrim(expected.name, E' \\u00a0'), '')
          AND names.organization_id = coalesce(users.organization_id, '00000000-0000-0000-0000-000000000000')
      WHERE tickets.integration_id IS DISTINCT FROM expected.integration OR names.reason IS DISTINCT FROM expected.reason
        OR tickets.organization_id IS DISTINCT FROM users.organization_id LIMIT 10`,
    [JSON.stringify(NAMES.map((name, kind) => ({ ...name, kind: String(kind) })))],
  )
  return rows
}
