import { step } from '../step.ts'

export const settings = step(
  [
    `create table server_settings (
       name text primary key,
       value text not null
     )`,
    `create table server_audit (
       id bigint generated always as identity primary key,
       at timestamptz not null default now(),
       action text not null,
       details json not null
     )`,
  ],
  ['drop table server_audit', 'drop table server_settings'],
)
