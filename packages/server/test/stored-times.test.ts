import { DEFAULT_USER, newIntegration } from '@ai-ticket-creator/reference-api'
import { createSqlStore, schemaUp } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { resetRows, someSecrets } from './database.ts'
import { openDatabase } from './open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)

beforeEach(() => resetRows(database.sql))
afterAll(() => database.close())

const organizationId = DEFAULT_USER.organization_id
const id = '30000000-0000-4000-8000-000000000001'

const times = [
  ['2025-03-01T12:00:00Z', '2025-03-01T12:00:00.000000Z'],
  ['2025-07-01T23:59:59.5Z', '2025-07-01T23:59:59.500000Z'],
  ['2024-12-31T23:30:00.000001Z', '2024-12-31T23:30:00.000001Z'],
  // Before 1912 the offset of Amsterdam had seconds.
  ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00.000000Z'],
  ['0001-01-01T00:10:00Z', '0001-01-01T00:10:00.000000Z'],
  ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ['10000-01-01T12:00:00Z', '10000-01-01T12:00:00.000000Z'],
  ['294275-12-31T23:30:00Z', '294275-12-31T23:30:00.000000Z'],
  ['0044-03-15T12:00:00Z BC', '0044-03-15T12:00:00.000000Z'],
  ['infinity', null],
  ['-infinity', null],
] as const

const settings = ['UTC', 'Asia/Kolkata', 'America/New_York', 'Europe/Amsterdam'].flatMap((zone) =>
  ['ISO, MDY', 'German'].map((style) => [zone, style] as const),
)

test.each(settings)('times are read exactly in a session with TimeZone %s and DateStyle %s', async (zone, style) => {
  const read = await database.sql.connection().execute(async (session) => {
    const { integrations } = createSqlStore({ ...database, sql: session }, someSecrets())
    const origin = { id, organizationId, at: '2025-01-01T00:00:00.000000Z' }
    await integrations.insert(newIntegration({ name: 'Jira', platform_name: 'jira' }, 'ticketing', origin))

    const found: unknown[] = []
    await sql`select set_config('TimeZone', ${zone}, false), set_config('DateStyle', ${style}, false)`.execute(session)
    for (const [stored] of times) {
      await sql`update integrations set expires_at = ${stored}::text::timestamptz where id = ${id}`.execute(session)
      found.push((await integrations.find(organizationId, id))?.expires_at)
    }
    await sql`reset TimeZone`.execute(session)
    await sql`reset DateStyle`.execute(session)
    return found
  })

  expect(read).toEqual(times.map(([, shown]) => shown))
})
