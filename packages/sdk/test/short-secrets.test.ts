import { expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl } from './backend.ts'

test('a request id that is the token itself is not shown', async () => {
  const client = clientWith('tok-1', () => Response.json([], { headers: { 'X-Request-Id': 'tok-1' } }))

  const { response } = await client.integrations.list().withResponse()

  expect(response.requestId).toBeUndefined()
})

test('a request id that is the token without spaces is not shown', async () => {
  const client = clientWith(' tok-1 ', () => Response.json([], { headers: { 'X-Request-Id': 'tok-1' } }))

  const { response } = await client.integrations.list().withResponse()

  expect(response.requestId).toBeUndefined()
})

test('a request id that is shorter than all secrets is shown', async () => {
  const client = clientWith('tok-1', () => Response.json([], { headers: { 'X-Request-Id': 'req1' } }))

  const { response } = await client.integrations.list().withResponse()

  expect(response.requestId).toBe('req1')
})

test('a long token that a server repeats truncated is removed', async () => {
  const token = 'secret'.repeat(60)
  const client = clientWith(token, () => Response.json({ detail: token.slice(0, 260) }, { status: 401 }))

  const error = await client.integrations.list().catch(String)

  expect(error).toContain('[redacted]')
  expect(error).not.toContain('secret')
})

const clientWith = (token: string, answer: () => Response) =>
  createClient({ baseUrl, token, fetch: async () => answer(), retry: false })
