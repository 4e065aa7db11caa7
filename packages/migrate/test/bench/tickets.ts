import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Connection, connect, createMigration } from '../../src/index.ts'
import { connectAfterRuns } from '../postgresql/killable-run.ts'
import { KINDS } from './fill-tickets.ts'
import { secondsOf } from './statistics.ts'
import { createWatch } from './watch.ts'

const COMMAND = join(import.meta.dirname, '../../src/bin.ts')

export interface TicketFigures {
  /** The three steps of the tickets. */
  readonly seconds: number
  readonly secondsOfSteps: Readonly<Record<string, number>>
  readonly linked: number
  /** Names with several integrations, for a person to decide. */
  readonly ambiguousNames: number
  readonly ambiguousTickets: number
  /** Tickets with a name and without a reason. */
  readonly withoutReason: number
  readonly linkedToOtherOrganization: number
  readonly linkedByOtherSpelling: number
  /** Tickets whose name leads to one integration and that are not linked. */
  readonly missed: number
  readonly undoSeconds: number
  readonly isSameAfterKills: boolean
}

/** Links the tickets of two copies of a database: in one run, and in three pieces of which two are killed. */
export async function measureTickets(url: string, otherUrl: string): Promise<TicketFigures> {
  const connection = await connect(url)
  const { onProgress, secondsOfSteps } = createWatch()
  const migration = createMigration(connection, { onProgress })
  await migration.apply({ to: 'indexes' })
  const seconds = await secondsOf(() => migration.apply({ to: 'tickets-constraints' }))
  const counts = await countTickets(connection)
  const hash = await hashTickets(connection)
  const undoSeconds = await secondsOf(() => migration.undo({ to: 'indexes' }))
  await connection.close()

  const otherHash = await applyInPieces(otherUrl)
  return { seconds, secondsOfSteps, ...counts, undoSeconds, isSameAfterKills: otherHash === hash }
}

async function countTickets(connection: Connection) {
  const linked = Object.entries(KINDS).flatMap(([kind, { isLinked }]) => (isLinked ? [`'${kind}'`] : []))
  const isExpected = `tickets.title IN (${linked.join(', ')})`
  const { rows } = await connection.query<Record<(typeof COUNTED)[number], number>>(
    `SELECT count(tickets.integration_id)::float8 AS linked,
        count(*) FILTER (WHERE names.reason = 'ambiguous')::float8 AS "ambiguousTickets",
        count(DISTINCT names.id) FILTER (WHERE names.reason = 'ambiguous')::float8 AS "ambiguousNames",
        count(*) FILTER (WHERE tickets.integration_routing IS NOT NULL AND names.reason IS NULL)::float8 AS "withoutReason",
        count(*) FILTER (WHERE integrations.organization_id <> users.organization_id)::float8 AS "linkedToOtherOrganization",
        count(*) FILTER (WHERE tickets.integration_id IS NOT NULL AND NOT ${isExpected})::float8 AS "linkedByOtherSpelling",
        count(*) FILTER (WHERE tickets.integration_id IS NULL AND ${isExpected})::float8 AS missed
      FROM public.tickets JOIN public.users ON users.id = tickets.created_by_id
        LEFT JOIN public.integrations ON integrations.id = tickets.integration_id
        LEFT JOIN ai_ticket_creator_migration.ticket_names AS names ON names.organization_id = users.organization_id
          AND names.name = btrim(tickets.integration_routing, E' \\t\\u00a0')`,
  )
  const [found] = rows
  if (found === undefined) throw new Error('the counts are missing')
  return found
}

const COUNTED = [
  'linked',
  'ambiguousTickets',
  'ambiguousNames',
  'withoutReason',
  'linkedToOtherOrganization',
  'linkedByOtherSpelling',
  'missed',
] as const

async function hashTickets(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ hash: string }>(
    "SELECT sum(hashtextextended(concat_ws('|', id, integration_routing, integration_id, organization_id), 0)::numeric)::text AS hash FROM public.tickets",
  )
  return rows[0]?.hash ?? ''
}

async function applyInPieces(url: string): Promise<string> {
  for (const share of [1 / 3, 2 / 3]) {
    await applyAndKill(url, share)
    await (await connectAfterRuns(url)).close()
  }
  const connection = await connect(url)
  await createMigration(connection).apply({ to: 'tickets-constraints' })
  const hash = await hashTickets(connection)
  await connection.close()
  return hash
}

/** Kills the command when a share of the tickets that it has to fill is filled. */
async function applyAndKill(url: string, share: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@ai-ticket-creator/source',
      '--no-warnings',
      COMMAND,
      'apply',
      '--to',
      'tickets-constraints',
      '--yes',
    ],
    { env: { DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let isInNames = false
  createInterface({ input: child.stderr }).on('line', (line) => {
    isInNames ||= line === 'apply tickets-names'
    const [, rows, total] = /(\d+) of (\d+) rows/.exec(line) ?? []
    if (isInNames && Number(rows) >= Number(total) * share * 0.5) child.kill('SIGKILL')
  })
  await once(child, 'exit')
}
