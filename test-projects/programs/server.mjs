// The API on a database in this process: schema, token, a first integration.
import { createApp } from '@ai-ticket-creator/reference-api'
import {
  createSecrets,
  createSqlStore,
  createSqlUserDirectory,
  createToken,
  openPglite,
  schemaUp,
} from '@ai-ticket-creator/server'

const database = await openPglite()
await schemaUp(database.sql)
const { token } = await createToken(database.sql, { organization: 'Acme', email: 'a@acme.test', name: 'first' })
const secrets = createSecrets([{ id: 1, bytes: crypto.getRandomValues(new Uint8Array(32)) }])
const app = createApp({
  store: createSqlStore(database, secrets),
  users: createSqlUserDirectory(database.sql),
  newId: () => crypto.randomUUID(),
  clock: () => new Date(),
})

const reply = await app.fetch(
  new Request('http://localhost/api/v1/integrations/', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Slack', platform_name: 'slack' }),
  }),
)
const { name, status } = await reply.json()
await database.close()
if (name !== 'Slack' || status !== 'active') throw new Error(`status ${reply.status}: ${name} is ${status}`)
