import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../src/database/database.ts'
import { createSecrets, type Secrets } from '../src/secrets/secrets.ts'

const HERE = DEFAULT_USER.organization_id
const THERE = '20000000-0000-4000-8000-000000000002'
const ELSEWHERE = '20000000-0000-4000-8000-000000000009'

export const someSecrets = (): Secrets => createSecrets([{ id: 1, bytes: new Uint8Array(32).fill(7) }])

/** Removes all rows, and inserts what the rows of the store conformance suite refer to. */
export async function resetRows(db: SqlConnection): Promise<void> {
  await sql`truncate organizations, users, integrations, tickets, server_tokens, server_idempotency_records cascade`.execute(
    db,
  )
  await sql`
    insert into organizations (id, name)
    values (${HERE}, 'Here'), (${THERE}, 'There'), (${ELSEWHERE}, 'Elsewhere')`.execute(db)
  for (const id of [DEFAULT_USER.id, referredId(50), referredId(51)])
    await sql`
      insert into users (id, organization_id, email, display_name)
      values (${id}, ${HERE}, ${`${id}@example.test`}, ${id})`.execute(db)
  await sql`
    insert into integrations (id, organization_id, name, integration_category, platform_name, status, enabled, auth_type,
      connection_test_count, total_requests, successful_requests, failed_requests, current_hour_requests,
      default_priority, sync_enabled, sync_frequency_minutes, environment, monitoring_enabled, alert_on_failure,
      failure_threshold, consecutive_failures, auto_disable_on_error, created_at, updated_at, is_deleted)
    values (${referredId(52)}, ${ELSEWHERE}, 'Referred', 'ticketing', 'jira', 'active', true, 'api_key',
      0, 0, 0, 0, 0, 100, false, 60, 'production', true, true, 3, 0, false, now(), now(), false)`.execute(db)
}

const referredId = (n: number): string => `cccccccc-0000-4000-8000-${String(n).padStart(12, '0')}`
