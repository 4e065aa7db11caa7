import { expect, test } from 'vitest'
import { createClient, isInvalidRequestError } from '../src/index.ts'
import { baseUrl } from './backend.ts'

const ID = '00000000-0000-4000-8000-000000000001'

// What is found out once and kept has to be found out anew when it changes.

test('what a backend can do is what its last reply says, whatever was said before', async () => {
  const said = ['one', 'two', 'one', '', 'two']
  const capabilities = said.values()
  const client = clientOf(() => Response.json([], { headers: { 'API-Capabilities': capabilities.next().value ?? '' } }))

  const known: unknown[] = []
  while (known.length < said.length) {
    await client.integrations.list()
    known.push((await client.diagnose()).capabilities)
  }

  expect(known).toEqual([['one'], ['two'], ['one'], [], ['two']])
})

test('an option that is inherited is checked like any other', async () => {
  const client = clientOf(() => Response.json([]))

  const error = await client.integrations.list({}, Object.create({ timeout: -1 })).catch((thrown: unknown) => thrown)

  expect(isInvalidRequestError(error)).toBe(true)
})

test('a reply whose fields come in another order is checked like the one before', async () => {
  const attachments = [
    { file_id: ID, extra: 1 },
    { extra: 2, file_id: ID },
    { other: 3, file_id: 4 },
  ]
  const told: string[] = []
  const client = createClient({
    baseUrl,
    token: 'a-token',
    fetch: async () => Response.json(attachments),
    onDrift: ({ kind, path }) => told.push(`${kind} ${path}`),
  })

  await client.tickets.attachments.list(ID)

  expect(told).toEqual(['unknown_field [].extra', 'unknown_field [].other', 'mismatch [].file_id'])
})

const clientOf = (answer: () => Response) =>
  createClient({ baseUrl, token: 'a-token', generation: 'current', fetch: async () => answer(), retry: false })
