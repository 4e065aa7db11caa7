import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { createToken, openPostgresql, schemaUp, writeGeneration } from '@ai-ticket-creator/server'
import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../../../server/test/server-process.ts'
import { toCollection } from '../../src/postman/collection.ts'
import { failuresOf, runCollection } from '../run-collection.ts'

test.each(GENERATIONS)('every request of the collection of %s passes against a server process', async (generation) => {
  const { url, token, stop } = await startServer(generation)
  onTestFinished(stop)

  const run = await runCollection(generation, { url, token })
  const headers = { Authorization: `Bearer ${token}` }
  const integrations = await fetch(`${url}/api/v1/integrations/`, { headers })
  const tickets = await fetch(`${url}/api/v1/tickets/`, { headers })
  const rowsLeft = [await integrations.json(), await tickets.json()]

  expect(failuresOf(run)).toEqual([])
  expect(run.executions).toHaveLength(toCollection(generation).item.flatMap(({ item }) => item).length)
  expect(rowsLeft).toEqual([[], expect.objectContaining({ total: 0 })])
})

/** A process of the server on a new database. */
async function startServer(generation: Generation) {
  const databaseUrl = await createDatabase(requireServer())
  const database = openPostgresql(databaseUrl, { maxConnections: 1 })
  await schemaUp(database.sql)
  await writeGeneration(database.sql, generation)
  const { token } = await createToken(database.sql, {
    organization: 'Acme',
    email: 'agent@acme.test',
    name: 'postman',
  })
  await database.close()

  const SECRET_KEYS = `1:${Buffer.alloc(32, 7).toString('base64')}`
  const { url, end } = await startProcess({ DATABASE_URL: databaseUrl, SECRET_KEYS })
  return { url, token, stop: () => end('SIGTERM') }
}
