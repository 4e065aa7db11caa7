import { type Connection, connect } from '../../src/index.ts'

/** The rows that clients wrote, each with the values that it may have, as text. Null stands for a row that does not exist. */
export interface Ledger {
  /** Writes a row. When the connection is lost before PostgreSQL has answered, both the old and the new values are right. */
  readonly write: (connection: Connection, statement: string, row: WrittenRow) => Promise<void>
  readonly countRows: () => number
  /** The rows whose values are not among those that they may have. */
  readonly findWrong: () => Promise<readonly string[]>
  /** Deletes the rows that clients wrote. */
  readonly removeRows: () => Promise<void>
}

/** A row and the values of its old columns, such as `zoom active t`. */
interface WrittenRow {
  readonly table: Table
  readonly id: string
  readonly values: string
}

type Table = 'integrations' | 'tickets'

export const OLD_VALUES: Readonly<Record<Table, string>> = {
  integrations: "concat_ws(' ', integration_type, status, is_enabled)",
  tickets: "coalesce(integration_routing, 'none')",
}

/** A ledger of a database. `findWrong` compares the old columns, so the migration must be undone before. */
export function createLedger(url: string): Ledger {
  const tables = { integrations: new Map<string, Possible>(), tickets: new Map<string, Possible>() }

  return {
    async write(connection, statement, { table, id, values }) {
      const rows = tables[table]
      const before = rows.get(id) ?? [null]
      rows.set(id, [...before, values])
      try {
        await connection.query(statement)
        rows.set(id, [values])
      } catch (error) {
        if (isRefusal(error)) rows.set(id, before)
        throw error
      }
    },
    countRows: () => tables.integrations.size + tables.tickets.size,
    findWrong: () =>
      withConnection(url, async (connection) =>
        (await Promise.all(TABLES.map(async (table) => compare(await read(connection, table), tables[table])))).flat(),
      ),
    removeRows: () =>
      withConnection(url, async (connection) => {
        for (const table of TABLES)
          await connection.query(`DELETE FROM public.${table} WHERE id = ANY ($1::uuid[])`, [[...tables[table].keys()]])
      }),
  }
}

type Possible = readonly (string | null)[]

const TABLES = ['integrations', 'tickets'] as const

/** Whether PostgreSQL refused a statement. Otherwise the connection was lost, and the statement may have been executed. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(?!57P|08|EPIPE)[\dA-Z]{5}$/.test(String(error.code))

async function read(connection: Connection, table: Table): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.query<{ id: string; values: string }>(
    `SELECT id, ${OLD_VALUES[table]} AS values FROM public.${table}`,
  )
  return new Map(rows.map(({ id, values }) => [id, values]))
}

const compare = (stored: ReadonlyMap<string, string>, written: ReadonlyMap<string, Possible>): readonly string[] =>
  [...written]
    .filter(([id, possible]) => !possible.includes(stored.get(id) ?? null))
    .map(([id, possible]) => `${id} is ${stored.get(id) ?? 'lost'} and not ${possible.join(' or ')}`)

export async function withConnection<Result>(url: string, work: (connection: Connection) => Promise<Result>) {
  const connection = await connect(url)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}
