import { sql } from 'kysely'
import { type SqlConnection, schemaDown, schemaStatus, schemaUp } from '../../src/index.ts'

/**
 * The tables of the existing backend before the migration: without the columns and indexes of this server, with
 * `integration_type` and `is_enabled`.
 */
export async function createExistingSchema(db: SqlConnection): Promise<void> {
  await schemaUp(db)
  // The first step creates the tables of the existing backend, the others add to them.
  const steps = await schemaStatus(db)
  for (let left = steps.length; left > 1; left -= 1) await schemaDown(db)

  await sql`
    create type integrationtype as enum ('jira', 'servicenow', 'salesforce', 'zendesk', 'github', 'slack', 'teams', 'zoom',
      'hubspot', 'freshdesk', 'asana', 'trello', 'webhook', 'email', 'sms')`.execute(db)
  await sql`
    alter table integrations
      drop column integration_category, drop column platform_name, drop column enabled,
      add column integration_type integrationtype not null,
      add column is_enabled boolean not null default true`.execute(db)
  await sql`create index ix_integrations_integration_type on integrations (integration_type)`.execute(db)
  await sql`create index ix_integrations_is_enabled on integrations (is_enabled)`.execute(db)
}
