import type { IdempotencyRecord } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { type Columns, type SelectedRow, selectionOf, toColumns, toRow } from './columns.ts'
import { writeWithRecord } from './idempotency-records.ts'

interface StoredRow {
  readonly id: string
  readonly deleted_at: string | null
}

/** What the stores of integrations and tickets share. */
export interface RowTable<Row> {
  readonly name: 'integrations' | 'tickets'
  readonly selection: ReturnType<typeof selectionOf>
  readonly decode: (read: SelectedRow) => Row
  readonly insert: (row: Row, record?: IdempotencyRecord) => Promise<void>
  readonly find: (organizationId: string, id: string) => Promise<Row | undefined>
  readonly replace: (row: Row, version: number, record?: IdempotencyRecord) => Promise<boolean>
}

/** `required`: columns of the existing backend that are no fields of a row and need a value in a new one. */
export function createRowTable<Row extends StoredRow>(
  db: SqlConnection,
  name: 'integrations' | 'tickets',
  columns: Columns<Row>,
  { secrets, required }: { readonly secrets: Secrets; readonly required: Readonly<Record<string, unknown>> },
): RowTable<Row> {
  const selection = selectionOf(columns)
  const table = sql.table(name)
  const decode = (read: SelectedRow): Row => toRow(name, columns, read, secrets)

  return {
    name,
    selection,
    decode,

    async insert(row, record) {
      const values = { ...required, ...toColumns(name, columns, row, secrets) }
      const names = Object.keys(values).map((column) => sql.ref(column))
      const statement = sql`insert into ${table} (${sql.join(names)}) values (${sql.join(Object.values(values))})`
      await writeWithRecord(db, record, (connection) => statement.execute(connection))
    },

    async find(organizationId, id) {
      const { rows } = await sql<SelectedRow>`
        select ${selection} from ${table} where organization_id = ${organizationId} and id = ${id}`.execute(db)
      return rows[0] === undefined ? undefined : decode(rows[0])
    },

    async replace(row, version, record) {
      const { id, organization_id, ...values } = toColumns(name, columns, row, secrets)
      const changes = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
      const statement = sql`
        update ${table} set ${sql.join(changes)}
        where organization_id = ${organization_id} and id = ${id} and version = ${version}`
      return writeWithRecord(db, record, async (connection) => {
        const { numAffectedRows } = await statement.execute(connection)
        return numAffectedRows === 1n
      })
    },
  }
}
