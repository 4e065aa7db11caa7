import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'

test.each([
  ['files that no one added', [{ file_id: 'a' }, 'b'], '["a", "b"]'],
  ['an object', { attachments: [] }, 'an object'],
])('a list of attachments with %s fails the case, and the report shows what was read', async (_, list, actual) => {
  const api = createTestApi()
  const fetch: Fetch = async (input, init) => {
    const { method, url } = new Request(input, init)
    const reply = await api.fetch(input, init)
    return method === 'GET' && url.endsWith('/attachments') ? Response.json(list, reply) : reply
  }

  const { results } = await verifyContract({
    baseUrl: api.baseUrl,
    token: api.token,
    mode: 'full',
    filter: ['tickets.listAttachments/none'],
    fetch,
  })

  expect(results).toMatchObject([{ id: 'tickets.listAttachments/none', outcome: 'failed', expected: '[]', actual }])
})
