import { type Database, exists } from '../database.ts'
import { isMapped } from './mapping.ts'
import { identifier, literal } from './sql.ts'

/** An index that disappears with a retired column, and how to build it again. */
export interface OldIndex {
  readonly name: string
  readonly definition: string
}

/** The tables as they were before the first step. The facts are stored, because the steps change the tables. */
export interface Facts {
  readonly schema: string
  /** The columns of integrations, in their order. */
  readonly columns: readonly string[]
  /** The enum of `integration_type`, with its schema. */
  readonly typeEnum: string
  /** The stored label of each platform, such as `jira` or `JIRA`, as the enum has it. */
  readonly labels: Readonly<Record<string, string>>
  readonly statusEnum: string
  readonly active: string
  readonly inactive: string
  /** Null if there is no column `is_enabled`. */
  readonly isEnabled: { readonly default: string | null } | null
  readonly hadCategoryEnum: boolean
  readonly oldIndexes: readonly OldIndex[]
  /** Roles that may read integrations; they may read the compatibility view as well. */
  readonly readers: readonly string[]
  /** Null if there is no table `tickets` with the column `integration_routing`. */
  readonly tickets: TicketFacts | null
  /** Whether the database stores Unicode: other encodings have no Unicode spaces. */
  readonly isUnicode: boolean
  /** The revision in `alembic_version`, if the team uses Alembic. */
  readonly alembicRevision: string | null
}

/** The table `tickets` as it was before the first step. */
export interface TicketFacts {
  readonly columns: readonly string[]
  /** The type of `integration_routing`, with its length. */
  readonly nameType: string
  /** The maximum length of a name in characters; null if the type has no limit. */
  readonly nameLength: number | null
  readonly hasOrganization: boolean
  /** Whether every ticket has a creator, and users have an organization. */
  readonly hasCreatorOrganization: boolean
  readonly oldIndexes: readonly OldIndex[]
  readonly readers: readonly string[]
}

/** The names of the old columns, which change when the columns are retired. */
export interface OldNames {
  readonly type: string
  readonly isEnabled: string
  /** The name of the integration, in a ticket. */
  readonly routing: string
}

/** The names of the old columns before the step `retire`. */
export const ORIGINAL: OldNames = { type: 'integration_type', isEnabled: 'is_enabled', routing: 'integration_routing' }
/** The names of the old columns after the step `retire`. */
export const RETIRED: OldNames = {
  type: 'retired_integration_type',
  isEnabled: 'retired_is_enabled',
  routing: 'retired_integration_routing',
}

/** The columns that the migration adds to integrations. */
export const NEW_COLUMNS = ['integration_category', 'platform_name', 'enabled'] as const

export const integrationsOf = ({ schema }: { readonly schema: string }): string =>
  `${identifier(schema)}."integrations"`

export const ticketsOf = ({ schema }: { readonly schema: string }): string => `${identifier(schema)}."tickets"`

export const usersOf = ({ schema }: { readonly schema: string }): string => `${identifier(schema)}."users"`

export const categoryEnumOf = ({ schema }: { readonly schema: string }): string =>
  `${identifier(schema)}."integrationcategory"`

/** Reads the tables of the legacy schema. The pre-flight check has confirmed that they exist. */
export async function readFacts(database: Database, schema: string): Promise<Facts> {
  const table = integrationsOf({ schema })
  const columns = await readColumns(database, table)
  const [type, status] = [columnOf(columns, 'integration_type'), columnOf(columns, 'status')]
  const isEnabled = columns.get('is_enabled')
  const typeLabels = await readLabels(database, type.type)
  const statusLabels = await readLabels(database, status.type)

  return {
    schema,
    columns: [...columns.keys()],
    typeEnum: type.typeName,
    labels: Object.fromEntries(
      typeLabels.map((label) => [label.toLowerCase(), label] as const).filter(([platform]) => isMapped(platform)),
    ),
    statusEnum: status.typeName,
    active: labelOf(statusLabels, 'active'),
    inactive: labelOf(statusLabels, 'inactive'),
    isEnabled: isEnabled === undefined ? null : { default: isEnabled.default },
    hadCategoryEnum: await exists(database, `to_regtype(${literal(categoryEnumOf({ schema }))}) IS NOT NULL`),
    oldIndexes: await readIndexes(database, table, ['integration_type', 'is_enabled']),
    readers: await readReaders(database, table),
    tickets: await readTicketFacts(database, schema),
    isUnicode: await exists(database, "current_setting('server_encoding') = 'UTF8'"),
    alembicRevision: await readAlembicRevision(database, schema),
  }
}

/** Reads the facts of tickets. Null if there is no table `tickets` with the column `integration_routing`. */
export async function readTicketFacts(database: Database, schema: string): Promise<TicketFacts | null> {
  const table = ticketsOf({ schema })
  const columns = await readColumns(database, table)
  const name = columns.get('integration_routing')
  if (name === undefined) return null

  const users = await readColumns(database, usersOf({ schema }))
  const [, length] = /\((\d+)\)$/.exec(name.declaration) ?? []
  return {
    columns: [...columns.keys()],
    nameType: name.declaration,
    nameLength: length === undefined ? null : Number(length),
    hasOrganization: columns.has('organization_id'),
    hasCreatorOrganization: columns.get('created_by_id')?.isNotNull === true && users.has('organization_id'),
    oldIndexes: await readIndexes(database, table, ['integration_routing']),
    readers: await readReaders(database, table),
  }
}

/** @throws Error when there is no such column, which the pre-flight check excludes. */
export function columnOf(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name)
  if (column === undefined) throw new Error(`the table has no column ${name}`)
  return column
}

/** The stored spelling of a label, found without regard to case; empty if the enum has no such label. */
const labelOf = (labels: readonly string[], value: string): string =>
  labels.filter((label) => label.toLowerCase() === value).join('')

/** A column, as the catalog of PostgreSQL describes it. */
export interface Column {
  /** The OID of the type. */
  readonly type: number
  readonly typeName: string
  /** The type as a column declares it, such as `character varying(100)`. */
  readonly declaration: string
  readonly isEnum: boolean
  readonly isNotNull: boolean
  readonly default: string | null
}

/** The columns of a table by name; none if there is no such table. */
export async function readColumns(database: Database, table: string): Promise<Map<string, Column>> {
  const { rows } = await database.query<Column & { name: string }>(
    `SELECT a.attname AS name, a.atttypid::int AS type, t.typtype = 'e' AS "isEnum", a.attnotnull AS "isNotNull",
        pg_get_expr(d.adbin, d.adrelid) AS "default",
        quote_ident(n.nspname) || '.' || quote_ident(t.typname) AS "typeName",
        format_type(a.atttypid, a.atttypmod) AS declaration
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  )
  return new Map(rows.map(({ name, ...column }) => [name, column]))
}

/** The labels of an enum, in order. */
export async function readLabels(database: Database, type: number): Promise<readonly string[]> {
  const { rows } = await database.query<{ label: string }>(
    'SELECT enumlabel::text AS label FROM pg_enum WHERE enumtypid = $1::int::oid ORDER BY enumsortorder',
    [type],
  )
  return rows.map(({ label }) => label)
}

async function readIndexes(
  database: Database,
  table: string,
  columns: readonly string[],
): Promise<readonly OldIndex[]> {
  const { rows } = await database.query<OldIndex>(
    `SELECT DISTINCT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = to_regclass($1) AND i.indisvalid AND a.attname = ANY ($2::text[]) ORDER BY 1`,
    [table, columns],
  )
  return rows
}

async function readReaders(database: Database, table: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS name
      FROM pg_class c, aclexplode(c.relacl) WHERE c.oid = to_regclass($1) AND privilege_type = 'SELECT'
        AND grantee <> c.relowner ORDER BY 1`,
    [table],
  )
  return rows.map(({ name }) => name)
}

async function readAlembicRevision(database: Database, schema: string): Promise<string | null> {
  const table = `${identifier(schema)}."alembic_version"`
  if (!(await exists(database, `to_regclass(${literal(table)}) IS NOT NULL`))) return null
  const { rows } = await database.query<{ revision: string }>(`SELECT version_num::text AS revision FROM ${table}`)
  return rows[0]?.revision ?? null
}
