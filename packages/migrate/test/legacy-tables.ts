import type { Database } from '../src/index.ts'

/** How an existing database looks before the migration. */
export interface LegacyTables {
  /** The first commit stores the names of enum members, the later baseline their values. */
  readonly storage: 'names' | 'values'
  readonly isEnabled: boolean
  readonly moreTypes?: readonly string[]
}

const TYPES =
  'jira servicenow salesforce zendesk github slack teams zoom hubspot freshdesk asana trello webhook email sms'.split(
    ' ',
  )
const STATUSES = 'active inactive pending error expired suspended'.split(' ')

/** Statements that create the tables of the existing backend in the schema `public`, empty. */
export function createLegacyTables({ storage, isEnabled, moreTypes = [] }: LegacyTables): readonly string[] {
  const labels = (values: readonly string[]) =>
    values.map((value) => `'${storage === 'names' ? value.toUpperCase() : value}'`).join(', ')
  const secrets =
    storage === 'names'
      ? 'credentials json, webhook_secret varchar(255)'
      : 'credentials_encrypted text, webhook_secret_encrypted text, last_activation_at timestamptz, activation_method varchar(20), organization_id uuid REFERENCES organizations'
  const indexed = [
    'created_at',
    'deleted_at',
    'is_deleted',
    'status',
    'updated_at',
    'integration_type',
    ...(storage === 'values' ? ['organization_id'] : []),
    ...(isEnabled ? ['is_enabled'] : []),
  ]
  const statements = [
    'CREATE SCHEMA public',
    'CREATE TABLE public.organizations (id uuid PRIMARY KEY)',
    `CREATE TABLE public.users (id uuid PRIMARY KEY${storage === 'values' ? ', organization_id uuid REFERENCES public.organizations' : ''})`,
    ...Object.values(ORGANIZATIONS).map((id) => `INSERT INTO public.organizations VALUES ('${id}')`),
    ...Object.entries(USERS).map(([name, id]) =>
      storage === 'names'
        ? `INSERT INTO public.users VALUES ('${id}')`
        : `INSERT INTO public.users VALUES ('${id}', ${name === 'none' ? 'NULL' : `'${ORGANIZATIONS[name === 'A' ? 'A' : 'B']}'`})`,
    ),
    `CREATE TABLE public.tickets (
      id uuid PRIMARY KEY, title varchar(500) NOT NULL, created_by_id uuid NOT NULL REFERENCES public.users,
      integration_routing varchar(100), external_ticket_id varchar(255), is_deleted boolean NOT NULL DEFAULT false)`,
    'CREATE INDEX ix_tickets_integration_routing ON public.tickets (integration_routing)',
    'CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)',
    `INSERT INTO public.alembic_version VALUES ('${storage === 'names' ? '98111ee70178' : isEnabled ? 'a1b2c3d4e5f6' : 'cbe1d08d4020'}')`,
    `CREATE TYPE public.integrationtype AS ENUM (${labels([...TYPES, ...moreTypes])})`,
    `CREATE TYPE public.integrationstatus AS ENUM (${labels(STATUSES)})`,
    `CREATE TABLE public.integrations (
      id uuid PRIMARY KEY, name varchar(255) NOT NULL, integration_type public.integrationtype NOT NULL, description text,
      status public.integrationstatus NOT NULL, base_url varchar(500), auth_type varchar(50) NOT NULL, oauth_scopes json,
      last_health_check_at timestamptz, health_check_status varchar(20), total_requests int NOT NULL, routing_rules json,
      default_priority int NOT NULL, sync_enabled boolean NOT NULL, environment varchar(50) NOT NULL, notes text,
      created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, deleted_at timestamptz, is_deleted boolean NOT NULL,
      ${secrets.replace('organizations', 'public.organizations')}${isEnabled ? ', is_enabled boolean NOT NULL DEFAULT true' : ''})`,
    ...indexed.map((column) => `CREATE INDEX ix_integrations_${column} ON public.integrations (${column})`),
  ]
  return [
    'DROP SCHEMA IF EXISTS ai_ticket_creator_migration CASCADE',
    'DROP SCHEMA public CASCADE',
    inOneStatement(statements),
  ]
}

/** PGlite needs twice as long for thirty statements as for one block of them. */
const inOneStatement = (statements: readonly string[]): string =>
  `DO $tables$ BEGIN ${statements.join(';\n')}; END $tables$`

export const ORGANIZATIONS = {
  A: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  B: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
} as const

/** A user of each organization, and one of none. */
export const USERS = {
  A: 'aaaaaaaa-aaaa-4aaa-8aaa-000000000001',
  B: 'bbbbbbbb-bbbb-4bbb-8bbb-000000000001',
  none: '00000000-0000-4000-8000-0000000000ff',
} as const

/** An integration of an organization; `description` identifies it in tests. */
export function insertIntegration({
  name,
  description,
  organization,
  type = 'zoom',
  status = 'active',
  isDeleted = false,
  id,
}: {
  readonly name: string
  readonly description: string
  readonly organization: keyof typeof ORGANIZATIONS
  readonly type?: string
  readonly status?: string
  readonly isDeleted?: boolean
  readonly id?: string
}): string {
  return `INSERT INTO public.integrations (id, name, description, organization_id, integration_type, status, is_deleted, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at)
    VALUES (${idOf(id)}, '${name}', '${description}', '${ORGANIZATIONS[organization]}', '${type}', '${status}', ${isDeleted}, 'api_key', 0, 0, true, 'production', now(), now())`
}

/** A ticket as the existing application inserts it. */
export const insertTicket = ({
  title,
  name,
  creator,
  id,
}: {
  readonly title: string
  readonly name: string | null
  readonly creator: keyof typeof USERS
  readonly id?: string
}): string =>
  `INSERT INTO public.tickets (id, title, created_by_id, integration_routing) VALUES (${idOf(id)}, '${title}', '${USERS[creator]}', ${name === null ? 'NULL' : `'${name}'`})`

const idOf = (id: string | undefined): string => (id === undefined ? 'gen_random_uuid()' : `'${id}'`)

/** A row as the existing application inserts it. */
export interface LegacyRow {
  readonly type: string
  readonly status: string
  readonly isEnabled?: boolean
  readonly name?: string
  readonly id?: string
}

/** An insert of the old application. */
export function insertLegacy({ type, status, isEnabled, name = 'Jira', id }: LegacyRow): string {
  const [column, value] = isEnabled === undefined ? ['', ''] : [', is_enabled', `, ${isEnabled}`]
  return `INSERT INTO public.integrations (id, name, integration_type, status, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at, is_deleted${column})
    VALUES (${idOf(id)}, '${name}', '${type}', '${status}', 'api_key', 0, 0, true, 'production', now(), now(), false${value})`
}

/** An insert of the new application. */
export function insertCurrent({
  platform,
  category,
  status,
  enabled,
  name = 'Jira',
  id,
}: {
  readonly platform: string
  readonly category: string
  readonly status: string
  readonly enabled: boolean
  readonly name?: string
  readonly id?: string
}): string {
  return `INSERT INTO public.integrations (id, name, integration_category, platform_name, enabled, status, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at, is_deleted)
    VALUES (${idOf(id)}, '${name}', '${category}', '${platform}', ${enabled}, '${status}', 'api_key', 0, 0, true, 'production', now(), now(), false)`
}

/** Columns, types, constraints, indexes, triggers, functions and views of the schema `public`, as sorted lines. */
export async function readCatalog(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'view ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
    UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
    UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname LIKE 'ai_ticket%'
    ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}
