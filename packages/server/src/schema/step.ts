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
