import { type RawBuilder, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A step of the schema as statements, each executed alone, in one transaction. */
export const step = (up: readonly string[], down: readonly string[]): Migration => ({
  up: async (db) => {
    for (const statement of up) await raw(statement).execute(db)
  },
  down: async (db) => {
    for (const statement of down) await raw(statement).execute(db)
  },
})

const raw = (statement: string): RawBuilder<unknown> => sql.raw(statement)

/** Marks the objects that a step created. When the step is taken back, only marked objects are dropped. */
export const CREATED_HERE = 'created by ai-ticket-creator-server'

/** Creates an index, unless the database has it. */
export const createIndex = (name: string, definition: string): string => `
  do $$ begin
    if to_regclass('${name}') is null then
      create index ${name} on ${definition};
      comment on index ${name} is '${CREATED_HERE}';
    end if;
  end $$`

export const dropIndex = (name: string): string => `
  do $$ begin
    if obj_description(to_regclass('${name}'), 'pg_class') = '${CREATED_HERE}' then drop index ${name}; end if;
  end $$`
