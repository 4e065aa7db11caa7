import { sql } from 'kysely'
import type { SqlConnection } from '../../src/index.ts'
import { INTEGRATIONS, ORGANIZATIONS } from './settings.ts'

/** The platforms of an existing database; each has as many rows as the others. */
const PLATFORMS = ['jira', 'servicenow', 'zendesk', 'slack', 'github'] as const

const CATEGORIES = ['ticketing', 'ticketing', 'ticketing', 'messaging', 'code_repository'] as const

/** The id of an organization by its number, from 0. */
export const organizationId = (number: number): string => uuid('1', number)
/** The id of an integration by its number, from 0. */
export const integrationId = (number: number): string => uuid('2', number)
/** The organization of an integration. Neighbours in time belong to different organizations. */
export const organizationOf = (number: number): number => number % ORGANIZATIONS

/** Whether an integration is not deleted. */
export const isLive = (number: number): boolean => Math.floor(number / (ORGANIZATIONS * 5)) % 10 !== 3

const uuid = (kind: string, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const values = (list: readonly string[]) => sql`(array[${sql.join(list.map((one) => sql.lit(one)))}])`

/** Of each ten integrations of a platform one is disabled, one has an error and one is deleted. */
const tenth = sql`(n / (${sql.lit(ORGANIZATIONS)} * 5) % 10)`
const platformNumber = sql`(n / ${sql.lit(ORGANIZATIONS)} % 5 + 1)`

/** Inserts the same rows into both schemas. `isMigrated`: with the columns that the migration creates. */
export async function fill(db: SqlConnection, isMigrated: boolean): Promise<void> {
  const platform = sql`${values(PLATFORMS)}[${platformNumber}]`
  const [columns, fields] = isMigrated
    ? [
        sql`integration_category, platform_name, enabled`,
        sql`${values(CATEGORIES)}[${platformNumber}]::integrationcategory, ${platform}, ${tenth} <> 1`,
      ]
    : [sql`integration_type, is_enabled`, sql`${platform}::integrationtype, ${tenth} <> 1`]
  await sql`
    insert into organizations (id, name)
    select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Organization ' || n
    from generate_series(0, ${sql.lit(ORGANIZATIONS - 1)}) n`.execute(db)
  await sql`
    insert into integrations (id, organization_id, name, ${columns}, status, description, base_url, auth_type, routing_rules,
      supports_priorities, connection_test_count, total_requests, successful_requests, failed_requests,
      current_hour_requests, default_priority, sync_enabled, sync_frequency_minutes, environment, monitoring_enabled,
      alert_on_failure, failure_threshold, consecutive_failures, auto_disable_on_error, created_at, updated_at, is_deleted)
    select ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ('10000000-0000-4000-8000-' || lpad((n % ${sql.lit(ORGANIZATIONS)})::text, 12, '0'))::uuid,
      'Integration ' || n, ${fields},
      (case ${tenth} when 1 then 'inactive' when 2 then 'error' else 'active' end)::integrationstatus,
      'An integration of an organization.', 'https://' || n || '.example.com/api/v2', 'api_key', '{"priority":["high"]}',
      '["high","critical"]', 0, n % 1000, n % 900, n % 100, 0, 100, false, 60, 'production', true, true, 3, 0, false,
      timestamptz '2025-01-01' + n * interval '10 seconds', timestamptz '2025-01-01' + n * interval '11 seconds',
      ${tenth} = 3
    from generate_series(0, ${sql.lit(INTEGRATIONS - 1)}) n`.execute(db)
  // Not in a transaction, so that both tables are in the same state: no dead rows, and every page is known to be visible.
  await sql`vacuum (analyze)`.execute(db)
  await sql`checkpoint`.execute(db)
}
