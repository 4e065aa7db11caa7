import type { IdempotencyRecord } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { type Columns, createRowCodec, type RowCodec, type SelectedRow } from './columns.ts'
import { writeWithRecord } from './idempotency-records.ts'

interface StoredRow {
  readonly id: string
  readonly deleted_at: string | null
}

/** What the stores of integrations and tickets share. */
export interface RowTable<Row> extends Pick<RowCodec<Row>, 'selection' | 'decode'> {
  readonly name: 'integrations' | 'tickets'
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
  const codec = createRowCodec(name, columns, secrets)
  const { selection, encode, decode } = codec
  const table = sql.table(name)

  return {
    name,
    selection,
    decode,

    async insert(row, record) {
      // PostgreSQL parses each named column at each insert, and half of the columns of a new row are null.
      const values = Object.entries({ ...required, ...encode(row) }).filter(([, value]) => value !== null)
      const names = sql.raw(values.map(([column]) => column).join(', '))
      const statement = sql`insert into ${table} (${names}) values (${sql.join(values.map(([, value]) => value))})`
      await writeWithRecord(db, record, (connection) => statement.execute(connection))
    },

    async find(organizationId, id) {
      const { rows } = await sql<SelectedRow>`
        select ${selection} from ${table} where organization_id = ${organizationId} and id = ${id}`.execute(db)
      return rows[0] === undefined ? undefined : decode(rows[0])
    },

    async replace(row, version, record) {
      const { id, organization_id, ...values } = encode(row)
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
