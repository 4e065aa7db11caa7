import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { describeStore } from '../../reference-api/test/store-conformance.ts'
import { schemaUp } from '../src/schema/schema.ts'
import { createSqlStore } from '../src/store/sql-store.ts'
import { resetRows, someSecrets } from './database.ts'
import { openDatabase } from './open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)
// A newer version may have added a status.
await sql`alter type ticketstatus add value 'parked'`.execute(database.sql)

afterAll(() => database.close())

const statements = new Set<string>()
const collect: KyselyPlugin = {
  transformQuery: ({ node }) => {
    statements.add(textOf(node))
    return node
  },
  transformResult: async ({ result }) => result,
}

describeStore('SQL', async () => {
  await resetRows(database.sql)
  return createSqlStore({ ...database, sql: database.sql.withPlugin(collect) }, someSecrets())
})

// The last one, because it is about the statements of all others. Tables whose every statement is limited to one
// organization can be distributed by organization.
test('every statement is limited to one organization, but the search for due checks', () => {
  const unlimited = [...statements].filter((text) => !/organization_id = |insert into /.test(text))

  expect(statements.size).toBeGreaterThan(100)
  expect(unlimited).toHaveLength(1)
  expect(unlimited[0]).toContain('from integrations where not is_deleted and checks_due_at is not null')
})

/** The parts of a statement that are not values, in their order. */
function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  if (
    'sqlFragments' in node &&
    Array.isArray(node.sqlFragments) &&
    'parameters' in node &&
    Array.isArray(node.parameters)
  ) {
    const { parameters } = node
    return node.sqlFragments
      .map((fragment, index) => `${fragment}${textOf(parameters[index])}`)
      .join('')
      .replaceAll(/\s+/g, ' ')
  }
  return 'name' in node && typeof node.name === 'string' ? node.name : Object.values(node).map(textOf).join('')
}
