import { step } from '../step.ts'

// Tables of this server. Their names begin with `server_`, so that they do not meet those of another application.

export const ownTables = step(
  [
    `create table server_idempotency_records (
       organization_id uuid not null,
       key text not null,
       fingerprint text not null,
       expires_at timestamptz not null,
       response json,
       primary key (organization_id, key)
     )`,
    `create index ix_server_idempotency_records_expires_at on server_idempotency_records (expires_at)`,
  ],
  [`drop table server_idempotency_records`],
)
