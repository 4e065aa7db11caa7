import { identifier } from '../catalog/sql.ts'
import { type Database, queryOne } from '../database.ts'

/** Statements that create a table as it is. A backup stores them with the rows, so that a deleted table can be restored. */
export interface TableDescription {
  readonly name: string
  readonly columns: readonly string[]
  /** The enums of the columns, with their labels. */
  readonly enums: readonly EnumDescription[]
  readonly create: string
  /** Statements for indexes, grants, and constraints other than foreign keys. They run after the rows are restored. */
  readonly after: readonly string[]
  readonly foreignKeys: readonly ForeignKey[]
}

interface EnumDescription {
  readonly name: string
  readonly labels: readonly string[]
}

interface ForeignKey {
  /** The table that the key refers to. */
  readonly table: string
  readonly statement: string
}

export async function describeTable(database: Database, schema: string, name: string): Promise<TableDescription> {
  const table = `${identifier(schema)}.${identifier(name)}`
  const { columns, definitions } = await queryOne<{ columns: string[]; definitions: string[] }>(
    database,
    `SELECT array_agg(a.attname::text ORDER BY a.attnum) AS columns,
        array_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END ORDER BY a.attnum) AS definitions
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`,
    [table],
  )
  return {
    name,
    columns,
    enums: await readEnums(database, table),
    create: `CREATE TABLE ${table} (${definitions.join(', ')})`,
    after: [
      ...(await readStatements(
        database,
        table,
        "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS statement FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype IN ('p', 'u', 'c') ORDER BY contype <> 'p', conname",
      )),
      ...(await readStatements(
        database,
        table,
        'SELECT pg_get_indexdef(indexrelid) AS statement FROM pg_index WHERE indrelid = to_regclass($1) AND indisvalid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid) ORDER BY 1',
      )),
      ...(await readStatements(
        database,
        table,
        "SELECT format('GRANT %s ON %s TO %s', privilege_type, c.oid::regclass, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END) AS statement FROM pg_class c, aclexplode(c.relacl) WHERE c.oid = to_regclass($1) AND grantee <> c.relowner ORDER BY 1",
      )),
    ],
    foreignKeys: await readForeignKeys(database, table),
  }
}

async function readStatements(database: Database, table: string, query: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ statement: string }>(query, [table])
  return rows.map(({ statement }) => statement)
}

async function readEnums(database: Database, table: string): Promise<readonly EnumDescription[]> {
  const { rows } = await database.query<EnumDescription>(
    `SELECT enumtypid::regtype::text AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
      FROM pg_enum WHERE enumtypid IN (SELECT atttypid FROM pg_attribute WHERE attrelid = to_regclass($1) AND NOT attisdropped) GROUP BY enumtypid ORDER BY 1`,
    [table],
  )
  return rows
}

async function readForeignKeys(database: Database, table: string): Promise<readonly ForeignKey[]> {
  const { rows } = await database.query<ForeignKey>(
    `SELECT confrelid::regclass::text AS "table", format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS statement
      FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype = 'f' ORDER BY conname`,
    [table],
  )
  return rows
}
