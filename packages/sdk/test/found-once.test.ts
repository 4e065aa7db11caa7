import { expect, test } from 'vitest'
import { createClient, isInvalidRequestError } from '../src/index.ts'
import { baseUrl } from './backend.ts'

const ID = '00000000-0000-4000-8000-000000000001'

// The client caches what it derives from replies and options. Each test shows that a change is still noticed.

test('the capabilities are those of the last reply', async () => {
  const announced = ['one', 'two', 'one', '', 'two']
  const capabilities = announced.values()
  const client = clientOf(() => Response.json([], { headers: { 'API-Capabilities': capabilities.next().value ?? '' } }))

  const known: unknown[] = []
  while (known.length < announced.length) {
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

test('a reply with its fields in another order is checked like the one before', async () => {
  const attachments = [
    { file_id: ID, extra: 1 },
    { extra: 2, file_id: ID },
    { other: 3, file_id: 4 },
  ]
  const reported: string[] = []
  const client = createClient({
    baseUrl,
    token: 'a-token',
    fetch: async () => Response.json(attachments, { headers: { 'API-Capabilities': 'if-match' } }),
    onDrift: ({ kind, path }) => reported.push(`${kind} ${path}`),
  })

  await client.tickets.attachments.list(ID)

  expect(reported).toEqual(['unknown_field [].extra', 'unknown_field [].other', 'mismatch [].file_id'])
})

const clientOf = (answer: () => Response) =>
  createClient({ baseUrl, token: 'a-token', generation: 'current', fetch: async () => answer(), retry: false })
