import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { connectTo, failureOf, type Seen } from './backend.ts'

// Proxies that compress a reply change its ETag. The service compares the one that it sent.
const proxies: [string, (etag: string) => string][] = [
  ['makes it weak', (etag) => `W/${etag}`],
  ['adds -gzip', (etag) => etag.replace(/"$/, '-gzip"')],
  ['adds --gzip and makes it weak', (etag) => `W/${etag.replace(/"$/, '--gzip"')}`],
  ['adds -br', (etag) => etag.replace(/"$/, '-br"')],
  ['leaves it alone', (etag) => etag],
]

const conditions = (seen: readonly Seen[]) => seen.flatMap(({ headers }) => headers['if-match'] ?? [])

function behind(change: (etag: string) => string) {
  const app = createApp()
  return connectTo(
    async (request) => {
      const reply = await app.fetch(request)
      const etag = reply.headers.get('ETag')
      if (etag !== null) reply.headers.set('ETag', change(etag))
      return reply
    },
    { token: DEFAULT_USER.token },
  )
}

describe.each(proxies)('behind a proxy that %s', (_name, change) => {
  test('an update that reads, merges and writes the whole ticket succeeds', async () => {
    const { client, seen } = behind(change)
    const { id } = await client.tickets.create({ title: 'T', description: 'D' })

    const updated = await client.tickets.update(id, { urgency: 'high' })

    expect(updated.urgency).toBe('high')
    expect(conditions(seen)).toEqual([expect.stringMatching(/^"[^"]+"$/)])
  })

  test('a condition of the caller holds', async () => {
    const { client } = behind(change)
    const { id } = await client.tickets.create({ title: 'T', description: 'D' })
    const { response } = await client.tickets.retrieve(id).withResponse()
    const condition = { headers: { 'if-match': response.headers.get('ETag') ?? '' } }

    const updated = await client.tickets.update(id, { title: 'U' }, condition)
    const error = await failureOf(client.tickets.update(id, { title: 'V' }, condition))

    expect(updated.title).toBe('U')
    expect(error).toMatchObject({ name: 'ApiError', status: 412, code: 'version_conflict' })
  })
})

test.each([
  ['*', '*'],
  ['W/"a", "b-gzip"', '"a", "b"'],
  ['"W/x", "a-gzip-b"', '"W/x", "a-gzip-b"'],
  ['"a-zstd", "b--br", W/"c-deflate"', '"a", "b", "c"'],
])('the condition %s is sent as %s', async (given, sent) => {
  const { client, seen } = behind((etag) => etag)

  await failureOf(client.tickets.update('1', { title: 'U' }, { headers: { 'If-Match': given } }))

  expect(conditions(seen)).toEqual([sent])
})
