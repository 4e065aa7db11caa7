import { step } from '../step.ts'

// One row for each day, so that a report shows a trend and old rows can be deleted.
export const deprecations = step(
  [
    `create table server_consumers (
       organization_id uuid not null,
       consumer text not null,
       day date not null,
       requests bigint not null,
       first_at timestamptz not null,
       last_at timestamptz not null,
       primary key (organization_id, consumer, day)
     )`,
    `create table server_deprecated_uses (
       organization_id uuid not null,
       consumer text not null,
       field text not null,
       replacement text not null,
       operation text not null,
       direction text not null check (direction in ('request', 'reply')),
       day date not null,
       uses bigint not null,
       first_at timestamptz not null,
       last_at timestamptz not null,
       primary key (organization_id, consumer, field, operation, direction, day)
     )`,
  ],
  ['drop table server_deprecated_uses', 'drop table server_consumers'],
)
