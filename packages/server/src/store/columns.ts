import { parseExactJson } from '@ai-ticket-creator/domain/internal'
import { type Expression, type RawBuilder, sql } from 'kysely'
import { toTimeText } from '../database/time-text.ts'
import type { Secrets } from '../secrets/secrets.ts'

/** How a field is stored. */
interface Codec {
  /** Appended to the name of the field, to form the name of the column. */
  readonly suffix: string
  /** Whether the column has the type `json`. */
  readonly isJson: boolean
  readonly select: (column: Expression<unknown>) => RawBuilder<unknown>
  /** `context` names the column and the row, for secrets. */
  readonly write: (value: unknown, secrets: Secrets, context: string) => unknown
  readonly read: (value: unknown, secrets: Secrets, context: string) => unknown
}

const plain: Codec = {
  suffix: '',
  isJson: false,
  select: (column) => sql`${column}`,
  write: (value) => value,
  read: (value) => value,
}

const codecs = {
  plain,
  time: { ...plain, read: (value) => toTimeText(String(value)) },
  /** The existing backend marks a deleted row with `is_deleted`; the time may be absent. */
  deletedAt: {
    ...plain,
    select: (column) => sql`case when is_deleted then coalesce(${column}, updated_at) end`,
    read: (value) => toTimeText(String(value)),
  },
  json: { ...plain, isJson: true, write: (value) => JSON.stringify(value) },
  secretText: {
    ...plain,
    suffix: '_encrypted',
    write: (value, secrets, context) => secrets.encrypt(String(value), context),
    read: (value, secrets, context) => secrets.decrypt(String(value), context),
  },
  secretJson: {
    ...plain,
    suffix: '_encrypted',
    write: (value, secrets, context) => secrets.encrypt(JSON.stringify(value), context),
    read: (value, secrets, context) => parseExactJson(secrets.decrypt(String(value), context)),
  },
} satisfies Record<string, Codec>

/** Every field of a row in its order, which is the order of the row that is read. */
export type Columns<Row> = { readonly [Field in keyof Row]: keyof typeof codecs }

/** A row as it is selected. */
export interface SelectedRow {
  readonly id: string
  /** The values of all columns but those of the type `json`. */
  readonly fields: readonly unknown[]
  /** The values of the columns of the type `json`, as the text of one array. */
  readonly documents: string
}

/**
 * The expressions of a `SelectedRow`. Two arrays cost the database and the driver less than a result with a column for each
 * field, and times in JSON have one form, whatever the settings of the session are.
 */
export function selectionOf<Row>(columns: Columns<Row>): RawBuilder<unknown> {
  const arrayOf = (areJson: boolean): RawBuilder<unknown> => {
    const fields = fieldsOf(columns).filter(({ codec: { isJson } }) => isJson === areJson)
    return sql`json_build_array(${sql.join(fields.map(({ column, codec }) => codec.select(sql.ref(column))))})`
  }
  // The documents as text: the driver would round numbers.
  return sql`id, ${arrayOf(false)} as fields, ${arrayOf(true)}::text as documents`
}

/** The columns of a row that is written, with their values. */
export function toColumns<Row extends { readonly id: string; readonly deleted_at: string | null }>(
  table: string,
  columns: Columns<Row>,
  row: Row,
  secrets: Secrets,
): Readonly<Record<string, unknown>> {
  const values = fieldsOf(columns).map(({ field, column, codec }): [string, unknown] => {
    const value: unknown = row[field]
    return [column, value === null ? null : codec.write(value, secrets, secretContext(table, column, row.id))]
  })
  return { ...Object.fromEntries(values), is_deleted: row.deleted_at !== null }
}

/** A row as it was read with `selectionOf`. */
export function toRow<Row>(
  table: string,
  columns: Columns<Row>,
  { id, fields, documents }: SelectedRow,
  secrets: Secrets,
): Row {
  const values = fields.values()
  // `selectionOf` selects an array.
  const jsonValues = (parseExactJson(documents) as readonly unknown[]).values()
  const entries = fieldsOf(columns).map(({ field, column, codec }): [string, unknown] => {
    const { value } = codec.isJson ? jsonValues.next() : values.next()
    return [field, value === null ? null : codec.read(value, secrets, secretContext(table, column, id))]
  })
  // `columns` lists every field of the row, and the database has checked the types of its columns.
  const row: unknown = Object.fromEntries(entries)
  return row as Row
}

/** A secret belongs to one column of one row; copied elsewhere it cannot be decrypted. */
export const secretContext = (table: string, column: string, id: string): string => `${table}.${column} ${id}`

function fieldsOf<Row>(columns: Columns<Row>) {
  // `Object.entries` loses the types of the keys.
  const entries = Object.entries(columns) as [keyof Row & string, keyof typeof codecs][]
  return entries.map(([field, kind]) => {
    const codec: Codec = codecs[kind]
    return { field, column: `${field}${codec.suffix}`, codec }
  })
}
