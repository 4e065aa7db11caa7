import { createApp } from '@ai-ticket-creator/reference-api'
import { createSqlStore, createSqlUserDirectory, createToken, schemaUp } from '@ai-ticket-creator/server'
import { afterAll, expect, test } from 'vitest'
import { someSecrets } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const database = await openDatabase()
await schemaUp(database.sql)
afterAll(() => database.close())

const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'CI' })

/** As in a process of its own: apps share nothing but the database. */
const startApp = (checked: string[]) =>
  createApp({
    store: createSqlStore(database, someSecrets()),
    users: createSqlUserDirectory(database.sql),
    newId: () => crypto.randomUUID(),
    clock: () => new Date(),
    health: async (_kind, { name }) => {
      checked.push(name)
      return { outcome: 'failed' }
    },
  })

test('three apps that run the due checks at the same time check each integration once', async () => {
  const checked: string[] = []
  const apps = [startApp(checked), startApp(checked), startApp(checked)]
  const names = Array.from({ length: 40 }, (_, n) => `Integration ${n}`)
  for (const name of names) {
    const response = await apps[0]?.fetch(
      new Request('http://localhost/api/v1/integrations/', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name, platform_name: 'jira', enabled: true }),
      }),
    )
    expect(response?.status).toBe(200)
  }

  const counts = await Promise.all(apps.map((app) => app.runDueChecks()))

  expect(counts.reduce((sum, count) => sum + count)).toBe(names.length)
  // A check that failed is not followed by the next one of the same integration.
  expect(checked.toSorted()).toEqual(names.toSorted())
})
