import { parseExactJson } from '@ai-ticket-creator/domain/internal'
import { type RawBuilder, sql } from 'kysely'
import { toTimeText } from '../database/time-text.ts'
import type { Secrets } from '../secrets/secrets.ts'

/** How a field is stored. */
interface Codec {
  /** Appended to the name of the field, to form the name of the column. */
  readonly suffix: string
  /** Whether the column has the type `json`. */
  readonly isJson: boolean
  /** The expression that is selected. */
  readonly select: (column: string) => string
  readonly write: (value: unknown, encrypt: Translate) => unknown
  readonly read: (value: unknown, decrypt: Translate) => unknown
}

type Translate = (text: string) => string

const plain: Codec = {
  suffix: '',
  isJson: false,
  select: (column) => column,
  write: (value) => value,
  read: (value) => value,
}

const time: Codec = { ...plain, read: (value) => toTimeText(String(value)) }

const secretText: Codec = {
  ...plain,
  suffix: '_encrypted',
  write: (value, encrypt) => encrypt(String(value)),
  read: (value, decrypt) => decrypt(String(value)),
}

const codecs = {
  plain,
  time,
  /** The existing backend marks a deleted row with `is_deleted`; the time may be absent. */
  deletedAt: { ...time, select: (column) => `case when is_deleted then coalesce(${column}, updated_at) end` },
  json: { ...plain, isJson: true, write: (value) => JSON.stringify(value) },
  secretText,
  secretJson: {
    ...secretText,
    write: (value, encrypt) => encrypt(JSON.stringify(value)),
    read: (value, decrypt) => parseExactJson(decrypt(String(value))),
  },
} satisfies Record<string, Codec>

/** Every field of a row. A row that is read has its fields in this order. */
export type Columns<Row> = { readonly [Field in keyof Row]: keyof typeof codecs }

/** A row as it is selected. */
export interface SelectedRow {
  readonly id: string
  /** The values of all columns but those of the type `json`. */
  readonly fields: readonly unknown[]
  /** The values of the columns of the type `json`, as the text of one array. */
  readonly documents: string
}

/** Rows of a table, to and from their columns. */
export interface RowCodec<Row> {
  /** The expressions of a `SelectedRow`. */
  readonly selection: RawBuilder<unknown>
  /** The columns of a row that is written, with their values. */
  readonly encode: (row: Row) => Readonly<Record<string, unknown>>
  readonly decode: (selected: SelectedRow) => Row
}

export function createRowCodec<Row extends { readonly id: string; readonly deleted_at: string | null }>(
  table: string,
  columns: Columns<Row>,
  secrets: Secrets,
): RowCodec<Row> {
  const fields = fieldsOf(columns)

  return {
    selection: selectionOf(fields),

    encode(row) {
      const values = fields.map(({ field, column, codec }): [string, unknown] => {
        const encrypt = (text: string): string => secrets.encrypt(text, secretContext(table, column, row.id))
        const value: unknown = row[field]
        return [column, value === null ? null : codec.write(value, encrypt)]
      })
      return { ...Object.fromEntries(values), is_deleted: row.deleted_at !== null }
    },

    decode({ id, fields: others, documents }) {
      const values = others.values()
      // The cast is safe: the database built an array.
      const jsonValues = (parseExactJson(documents) as readonly unknown[]).values()
      const entries = fields.map(({ field, column, codec }): [string, unknown] => {
        const decrypt = (text: string): string => secrets.decrypt(text, secretContext(table, column, id))
        const { value } = codec.isJson ? jsonValues.next() : values.next()
        return [field, value === null ? null : codec.read(value, decrypt)]
      })
      // `columns` lists every field of the row, and the database has checked the types of its columns.
      const row: unknown = Object.fromEntries(entries)
      return row as Row
    },
  }
}

/** A secret belongs to one column of one row; copied elsewhere it cannot be decrypted. */
export const secretContext = (table: string, column: string, id: string): string => `${table}.${column} ${id}`

interface StoredField<Row> {
  readonly field: keyof Row & string
  readonly column: string
  readonly codec: Codec
}

function fieldsOf<Row>(columns: Columns<Row>): readonly StoredField<Row>[] {
  // `Object.entries` loses the types of the keys.
  const entries = Object.entries(columns) as [keyof Row & string, keyof typeof codecs][]
  return entries.map(([field, kind]) => ({ field, column: `${field}${codecs[kind].suffix}`, codec: codecs[kind] }))
}

/**
 * Two arrays cost the database and the driver less than a result with a column for each field, and times in JSON have one
 * form, whatever the settings of the session are. One raw text costs less than an SQL expression for each column.
 */
function selectionOf<Row>(fields: readonly StoredField<Row>[]): RawBuilder<unknown> {
  const arrayOf = (areJson: boolean): string => {
    const expressions = fields
      .filter(({ codec }) => codec.isJson === areJson)
      .map(({ column, codec }) => codec.select(column))
    return `json_build_array(${expressions.join(', ')})`
  }
  // The documents as text: the driver would round numbers.
  return sql.raw(`id, ${arrayOf(false)} as fields, ${arrayOf(true)}::text as documents`)
}
