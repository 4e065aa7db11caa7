import { CREATED_HERE, step } from '../step.ts'

// Creates what the existing backend has after its refactor, with its names (existing backend: table integrations, table
// tickets). In the database of an existing backend each statement finds its object and does nothing.

const enumType = (name: string, labels: readonly string[]): string => `
  do $$ begin
    if to_regtype('${name}') is null then
      create type ${name} as enum (${labels.map((label) => `'${label}'`).join(', ')});
    end if;
  end $$`

const indexes = (table: string, columns: string): readonly string[] =>
  columns.split(' ').map((column) => `create index if not exists ix_${table}_${column} on ${table} (${column})`)

const TABLES = ['tickets', 'integrations', 'users', 'organizations']
const TYPES = ['ticketstatus', 'ticketpriority', 'ticketcategory', 'integrationstatus', 'integrationcategory']

const table = (name: string, columns: string): string => `
  do $$ begin
    if to_regclass('${name}') is null then
      create table ${name} (${columns});
      comment on table ${name} is '${CREATED_HERE}';
    end if;
  end $$`

const dropTable = (name: string): string => `
  do $$ begin
    if obj_description(to_regclass('${name}'), 'pg_class') = '${CREATED_HERE}' then drop table ${name}; end if;
  end $$`

/** Drops a type that no column uses any more: it belonged to a table that this step created. */
const dropType = (name: string): string => `
  do $$ begin
    if to_regtype('${name}') is not null
      and not exists (select from pg_attribute where atttypid = to_regtype('${name}') and not attisdropped)
    then drop type ${name}; end if;
  end $$`

export const existingTables = step(
  [
    enumType('integrationcategory', [
      'ticketing',
      'crm',
      'messaging',
      'communication',
      'project_management',
      'code_repository',
      'webhook',
    ]),
    enumType('integrationstatus', ['active', 'inactive', 'pending', 'error', 'expired', 'suspended']),
    enumType('ticketcategory', [
      'technical',
      'billing',
      'feature_request',
      'bug',
      'user_access',
      'general',
      'integration',
      'performance',
      'security',
    ]),
    enumType('ticketpriority', ['low', 'medium', 'high', 'critical']),
    enumType('ticketstatus', ['new', 'open', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled']),

    table(
      'organizations',
      'id uuid primary key, name varchar(255) not null, created_at timestamptz not null default now()',
    ),
    table(
      'users',
      `id uuid primary key,
       organization_id uuid not null references organizations (id),
       email varchar(255) not null,
       full_name varchar(255),
       display_name varchar(255),
       avatar_url varchar(500),
       created_at timestamptz not null default now()`,
    ),
    table(
      'integrations',
      `id uuid primary key,
       organization_id uuid references organizations (id),
       name varchar(255) not null,
       integration_category integrationcategory not null,
       platform_name varchar(50) not null,
       status integrationstatus not null,
       enabled boolean not null,
       description text,
       base_url varchar(500),
       api_version varchar(20),
       auth_type varchar(50) not null,
       credentials_encrypted text,
       oauth_scopes json,
       last_activation_at timestamptz,
       activation_method varchar(20),
       last_health_check_at timestamptz,
       health_check_status varchar(20),
       health_check_error text,
       connection_test_count integer not null,
       total_requests integer not null,
       successful_requests integer not null,
       failed_requests integer not null,
       last_request_at timestamptz,
       last_success_at timestamptz,
       last_error_at timestamptz,
       last_error_message text,
       rate_limit_per_hour integer,
       current_hour_requests integer not null,
       rate_limit_reset_at timestamptz,
       routing_rules json,
       default_priority integer not null,
       supports_categories json,
       supports_priorities json,
       department_mapping json,
       custom_fields_mapping json,
       webhook_url varchar(500),
       webhook_secret_encrypted text,
       sync_enabled boolean not null,
       sync_frequency_minutes integer not null,
       last_sync_at timestamptz,
       notification_events json,
       notification_channels json,
       environment varchar(50) not null,
       region varchar(50),
       monitoring_enabled boolean not null,
       alert_on_failure boolean not null,
       failure_threshold integer not null,
       consecutive_failures integer not null,
       maintenance_window_start varchar(10),
       maintenance_window_end varchar(10),
       auto_disable_on_error boolean not null,
       expires_at timestamptz,
       notes text,
       extra_metadata text,
       created_at timestamptz not null,
       updated_at timestamptz not null,
       deleted_at timestamptz,
       is_deleted boolean not null`,
    ),
    table(
      'tickets',
      `id uuid primary key,
       organization_id uuid not null references organizations (id),
       title varchar(500) not null,
       description text not null,
       category ticketcategory not null,
       subcategory varchar(100),
       priority ticketpriority not null,
       urgency ticketpriority not null,
       status ticketstatus not null,
       department varchar(100),
       business_impact varchar(50) not null,
       source_channel varchar(50) not null,
       created_by_id uuid not null references users (id),
       assigned_to_id uuid references users (id),
       integration_id uuid references integrations (id),
       integration_result json,
       external_ticket_id varchar(255),
       external_ticket_url varchar(500),
       attachments json,
       custom_fields json,
       internal_notes text,
       resolution_summary text,
       first_response_at timestamptz,
       resolved_at timestamptz,
       closed_at timestamptz,
       sla_due_date timestamptz,
       sla_breached boolean not null,
       escalated_at timestamptz,
       escalated_by_id uuid references users (id),
       escalation_reason text,
       escalation_level integer not null,
       last_activity_at timestamptz not null,
       communication_count integer not null,
       satisfaction_rating integer,
       satisfaction_feedback text,
       notes text,
       extra_metadata text,
       created_at timestamptz not null,
       updated_at timestamptz not null,
       deleted_at timestamptz,
       is_deleted boolean not null`,
    ),
    ...indexes(
      'integrations',
      'created_at deleted_at is_deleted status updated_at organization_id integration_category platform_name enabled',
    ),
    ...indexes(
      'tickets',
      'assigned_to_id category closed_at created_at created_by_id deleted_at department external_ticket_id first_response_at integration_id is_deleted last_activity_at organization_id priority resolved_at sla_due_date status title updated_at',
    ),
  ],
  [...TABLES.map(dropTable), ...TYPES.map(dropType)],
)
