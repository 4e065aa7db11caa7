import { createIndex, dropIndex, step } from '../step.ts'

// Columns of this server in the tables of the existing backend. All of them can be absent from an insert, so the existing
// application can write while it shares the database.

/** The settings of an integration: a change of one of them makes a new revision. */
const SETTINGS = [
  ...'name integration_category platform_name status enabled description environment region base_url api_version'.split(
    ' ',
  ),
  ...'auth_type credentials_encrypted default_priority sync_enabled sync_frequency_minutes webhook_url'.split(' '),
  ...'webhook_secret_encrypted rate_limit_per_hour is_deleted oauth_scopes supports_categories'.split(' '),
  ...'supports_priorities department_mapping custom_fields_mapping routing_rules notification_events'.split(' '),
  'notification_channels',
]

/**
 * One index for each list, in its default order; the other filters are answered within one organization. The included columns
 * are those of filters, so that the rows of a page are found and counted without reading the others from the table.
 */
export const LIST_INDEXES: Readonly<Record<string, string>> = {
  ix_integrations_list: `integrations (organization_id, created_at desc, id desc)
    include (integration_category, platform_name, status, enabled) where not is_deleted`,
  ix_tickets_list: 'tickets (organization_id, created_at desc, id desc) where not is_deleted',
}

// As text, because json has no equality.
const settingsOf = (row: string): string => `(${SETTINGS.map((column) => `${row}.${column}::text`).join(', ')})`

export const ownColumns = step(
  [
    `alter table integrations
       add column version integer not null default 1,
       add column revision integer not null default 1,
       add column credentials_updated_at timestamptz,
       add column checks_due_at timestamptz,
       add column due_checks text[] not null default '{}'`,
    `alter table tickets
       add column version integer not null default 1,
       add column assignment_reason text,
       add column ai_analysis json,
       add column tags text[] not null default '{}'`,

    // A writer that does not change the version is another application. The trigger changes the version, so that a concurrent
    // update of this server is refused.
    `create function server_count_integration_write() returns trigger language plpgsql as $$
     begin
       new.version := old.version + 1;
       if ${settingsOf('new')} is distinct from ${settingsOf('old')} then
         new.revision := old.revision + 1;
       end if;
       return new;
     end $$`,
    `create trigger server_count_write before update on integrations
       for each row when (new.version = old.version) execute function server_count_integration_write()`,
    `create function server_count_ticket_write() returns trigger language plpgsql as $$
     begin
       new.version := old.version + 1;
       return new;
     end $$`,
    `create trigger server_count_write before update on tickets
       for each row when (new.version = old.version) execute function server_count_ticket_write()`,

    // On large tables that are in use, create both concurrently before the first start.
    ...Object.entries(LIST_INDEXES).map(([name, definition]) => createIndex(name, definition)),
    `create index ix_integrations_due_checks on integrations (checks_due_at, id)
       where not is_deleted and checks_due_at is not null`,
  ],
  [
    'drop index ix_integrations_due_checks',
    ...Object.keys(LIST_INDEXES).toReversed().map(dropIndex),
    'drop trigger server_count_write on tickets',
    'drop function server_count_ticket_write()',
    'drop trigger server_count_write on integrations',
    'drop function server_count_integration_write()',
    `alter table tickets
       drop column tags, drop column ai_analysis, drop column assignment_reason, drop column version`,
    `alter table integrations
       drop column due_checks, drop column checks_due_at, drop column credentials_updated_at,
       drop column revision, drop column version`,
  ],
)
