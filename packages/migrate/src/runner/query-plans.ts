import { type Facts, integrationsOf, readColumns, ticketsOf } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { type Database, queryOne } from '../database.ts'
import { MigrationRefusedError } from '../errors.ts'

/** How PostgreSQL would run a list of the API now. */
export interface QueryPlan {
  readonly list: string
  readonly query: string
  /** The cost that the planner expects, in its own unit: comparable between lists, not between databases. */
  readonly cost: number
  /** The scans from the outside in, such as `Index Scan using ix_tickets_status`. */
  readonly scans: readonly string[]
}

/** The plans of the lists, and the number of integrations of each platform. */
export interface QueryPlans {
  readonly plans: readonly QueryPlan[]
  readonly platforms: readonly { readonly platform: string; readonly integrations: number }[]
}

// The filters of the API. Each query also selects one organization, and sorts rows as the API does.
const LISTS = {
  integrations: [
    '',
    "integration_category = 'ticketing'",
    "integration_category = 'ticketing' AND platform_name = 'jira'",
    "integration_category = 'ticketing' AND enabled",
    'NOT enabled',
    'status = (SELECT status FROM :table LIMIT 1)',
  ],
  tickets: ['', 'integration_id = (SELECT integration_id FROM :table WHERE integration_id IS NOT NULL LIMIT 1)'],
} as const

/** Runs EXPLAIN for every list, for the organization with the most rows of its table. Reads only. */
export async function readQueryPlans(database: Database, facts: Facts): Promise<QueryPlans> {
  const columns = await readColumns(database, integrationsOf(facts))
  if (!columns.has('platform_name'))
    throw new MigrationRefusedError('integrations has no new columns yet; run apply --to indexes first')

  const queries = [
    ...(await listQueries(database, integrationsOf(facts), LISTS.integrations)),
    ...(facts.tickets === null ? [] : await listQueries(database, ticketsOf(facts), LISTS.tickets)),
  ]
  const plans: QueryPlan[] = []
  for (const { list, query } of queries) plans.push({ list, query, ...(await explain(database, query)) })
  const { rows: platforms } = await database.query<QueryPlans['platforms'][number]>(
    `SELECT coalesce(platform_name, 'none') AS platform, count(*)::float8 AS integrations FROM ${integrationsOf(facts)} GROUP BY 1 ORDER BY 2 DESC, 1`,
  )
  return { plans, platforms }
}

async function listQueries(
  database: Database,
  table: string,
  filters: readonly string[],
): Promise<readonly { readonly list: string; readonly query: string }[]> {
  const columns = await readColumns(database, table)
  const organization = columns.has('organization_id') ? await largestOrganization(database, table) : 'true'
  const order = columns.has('created_at') ? 'created_at DESC, id' : 'id'
  const name = table.split('.').at(-1)?.replaceAll('"', '') ?? table
  return filters
    .filter((filter) => !filter.includes('integration_id') || columns.has('integration_id'))
    .map((filter) => ({
      list: [name, filter.replace(/ = \(.*/, ' = …')].filter(Boolean).join(' with '),
      query: `SELECT * FROM ${table} WHERE ${[organization, ...(filter === '' ? [] : [filter])].join(' AND ').replaceAll(':table', table)} ORDER BY ${order} LIMIT 50`,
    }))
}

async function largestOrganization(database: Database, table: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT organization_id::text AS id FROM ${table} WHERE organization_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  )
  return rows[0] === undefined ? 'organization_id IS NULL' : `organization_id = ${literal(rows[0].id)}`
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Total Cost': number
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly PlanNode[]
}

async function explain(database: Database, query: string): Promise<Pick<QueryPlan, 'cost' | 'scans'>> {
  const row = await queryOne<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
    database,
    `EXPLAIN (FORMAT JSON) ${query}`,
  )
  const [{ Plan: plan }] = row['QUERY PLAN']
  return { cost: plan['Total Cost'], scans: scansIn(plan) }
}

function scansIn(node: PlanNode): readonly string[] {
  const place = node['Index Name'] ?? node['Relation Name']
  const own =
    node['Node Type'].endsWith('Scan') && place !== undefined
      ? [`${node['Node Type']} ${node['Index Name'] === undefined ? 'on' : 'using'} ${place}`]
      : []
  return [...own, ...(node.Plans ?? []).flatMap(scansIn)]
}
