import { integrationsOf, readTicketFacts, ticketsOf, usersOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Database, queryOne } from '../database.ts'
import { type Finding, stop } from './finding.ts'

/** The rights that the steps need and the role lacks. */
export async function findRights(database: Database, schema: string): Promise<readonly Finding[]> {
  const wanted = await wantedRights(database, schema)
  const { role, has } = await queryOne<{ role: string; has: boolean[] }>(
    database,
    `SELECT current_user::text AS role, ARRAY[${wanted.map(({ condition }) => `(${condition})`).join(', ')}] AS has`,
  )
  const missing = wanted.filter((_, index) => has[index] === false).map(({ right }) => right)
  return missing.length === 0 ? [] : [stop(`the role ${role} lacks ${missing.join(', ')}`)]
}

interface Right {
  readonly right: string
  /** True if the role has the right, or if the table does not exist. */
  readonly condition: string
}

async function wantedRights(database: Database, schema: string): Promise<readonly Right[]> {
  const tickets = await readTicketFacts(database, schema)
  const organizations = `${identifier(schema)}."organizations"`
  return [
    owned(integrationsOf({ schema })),
    seen(integrationsOf({ schema })),
    ...(tickets === null ? [] : [owned(ticketsOf({ schema })), seen(ticketsOf({ schema }))]),
    ...(tickets?.hasCreatorOrganization === true ? [granted('SELECT', usersOf({ schema }))] : []),
    ...(tickets === null ? [] : [granted('REFERENCES', organizations)]),
    { right: 'CREATE on the database', condition: "has_database_privilege(current_database(), 'CREATE')" },
    { right: `CREATE on the schema ${schema}`, condition: `has_schema_privilege(${literal(schema)}, 'CREATE')` },
  ]
}

const owned = (table: string): Right => ({
  right: `membership in the owner of ${table}`,
  condition: `SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(${literal(table)})`,
})

// A policy can hide rows from the role, and the migration would then leave them as they are.
const seen = (table: string): Right => ({
  right: `the right to see every row of ${table}, which has row security (ALTER TABLE … NO FORCE ROW LEVEL SECURITY, or BYPASSRLS)`,
  condition: `NOT row_security_active(to_regclass(${literal(table)})::oid)`,
})

const granted = (privilege: string, table: string): Right => ({
  right: `${privilege} on ${table}`,
  condition: `coalesce(has_table_privilege(to_regclass(${literal(table)})::oid, ${literal(privilege)}), true)`,
})
