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

test('a refusal with other issues, and with too many, fails the cases about issues', async () => {
  const api = createTestApi()
  const issue = (field: string) => ({ loc: ['body', field], type: 'other', msg: 'no', code: 'validation_failed' })
  const detail = [issue('default_priority'), ...Array.from({ length: 150 }, () => issue('description'))]
  const fetch: Fetch = async (input, init) => {
    const reply = await api.fetch(input, init)
    return reply.status === 422 ? Response.json({ detail, code: 'validation_failed' }, reply) : reply
  }

  const { results } = await verifyContract({
    baseUrl: api.baseUrl,
    token: api.token,
    mode: 'full',
    filter: ['requests/all-issues', 'refusals/too-large', 'refusals/at-most-100-issues'],
    fetch,
  })

  expect(results.map(({ id, expected, actual }) => [id, expected, actual])).toEqual([
    ['requests/all-issues', 'issues for three fields', '"description"'],
    ['refusals/too-large', 'an issue of type `less_than_equal`', 'another type'],
    ['refusals/at-most-100-issues', 'at most 100 issues', '151 issues'],
  ])
})
