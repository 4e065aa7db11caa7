import { newIntegration, type Store } from '@ai-ticket-creator/reference-api'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { createSqlStore } from '../../src/index.ts'
import { someSecrets } from '../database.ts'
import { organizationId } from './fill.ts'

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Values that stand for those of a call in recorded statements. The organization exists, because its row is referred to. */
export const PLACEHOLDERS = {
  organizationId: organizationId(0),
  id: '30000000-0000-4000-8000-000000000002',
  time: '2030-01-01T00:00:00.000000Z',
} as const

type Replacements = Readonly<Partial<Record<keyof typeof PLACEHOLDERS, string>>>

/** The statements of a call of the store, as a function of the values of the call. */
export async function recordStatements(
  url: string,
  call: (store: Store) => Promise<unknown>,
): Promise<(replacements: Replacements) => readonly Statement[]> {
  const recorded: Statement[] = []
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) }),
    log({ query: { sql: text, parameters: values } }) {
      recorded.push({ text, values })
    },
  })
  await call(createSqlStore({ kind: 'postgresql', sql: db, close: async () => {} }, someSecrets()))
  await db.destroy()

  return (replacements) => {
    const values = new Map<unknown, string>()
    // The keys are those of `PLACEHOLDERS`.
    for (const [name, value] of Object.entries(replacements))
      values.set(PLACEHOLDERS[name as keyof typeof PLACEHOLDERS], value)
    return recorded.map((statement) => ({
      text: statement.text,
      values: statement.values.map((value) => values.get(value) ?? value),
    }))
  }
}

/** A new integration, with placeholders. */
export const placeholderRow = () =>
  newIntegration({ name: 'Created', platform_name: 'jira' }, 'ticketing', {
    id: PLACEHOLDERS.id,
    organizationId: PLACEHOLDERS.organizationId,
    at: PLACEHOLDERS.time,
  })
