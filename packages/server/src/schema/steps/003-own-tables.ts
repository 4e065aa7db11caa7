import { step } from '../step.ts'

// Tables of this server. Their names begin with `server_`, so that no table of another application has the same name.

export const ownTables = step(
  [
    `create table server_idempotency_records (
       organization_id uuid not null,
       key text not null,
       fingerprint text not null,
       expires_at timestamptz not null,
       lease_until timestamptz,
       response json,
       primary key (organization_id, key)
     )`,
    'create index ix_server_idempotency_records_expires_at on server_idempotency_records (expires_at)',
    `create table server_tokens (
       id uuid primary key,
       organization_id uuid not null references organizations (id),
       user_id uuid not null references users (id),
       name text not null,
       hash text not null unique,
       created_at timestamptz not null default now(),
       revoked_at timestamptz
     )`,
  ],
  ['drop table server_tokens', 'drop table server_idempotency_records'],
)
