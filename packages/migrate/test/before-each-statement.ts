import type { Database } from '../src/index.ts'

/** A session that calls `before` with each statement; the statement is sent unless `before` throws. */
export const beforeEachStatement = (database: Database, before: (text: string) => unknown): Database => ({
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
  async query<Row>(text: string, values?: unknown[]) {
    await before(text)
    return database.query<Row>(text, values)
  },
})
