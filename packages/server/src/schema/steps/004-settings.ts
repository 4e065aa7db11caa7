import { step } from '../step.ts'

export const settings = step(
  [
    `create table server_settings (
       name text primary key,
       value text not null
     )`,
  ],
  ['drop table server_settings'],
)
