// What a reply must show of a value that was sent, so that the value counts as stored.
import { describe, expect, test } from 'vitest'
import { isApiError, isSilentDropError } from '../src/index.ts'
import { connectTo, failureOf, nthId, requestLines } from './backend.ts'

const id = nthId(1)
const jira = { name: 'JIRA', platform_name: 'jira' } as const
const credentials = { email: 'bot@example.test', api_token: 't' }
const before = '2026-01-01T00:00:00.000Z'
const after = '2026-01-01T00:00:01.000Z'

const lostIn = async (call: Promise<unknown>): Promise<readonly string[]> => {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown)
  if (error === undefined) return []
  if (isSilentDropError(error)) return error.fields
  throw error
}

describe('a new ticket', () => {
  test.each([
    ['was not to be filed, and is', false, { success: true }, ['create_externally']],
    ['was not to be filed, and is not', false, null, []],
    ['was to be filed, and is', true, { success: true }, []],
    // Without an integration nothing is filed, and a platform may fail.
    ['was to be filed, and is not', true, null, []],
  ])('%s', async (_, create_externally, integration_result, expected) => {
    const { client } = connectTo(() => Response.json({ id, title: 'A', description: 'B', integration_result }))

    const lost = await lostIn(client.tickets.create({ title: 'A', description: 'B', create_externally }))

    expect(lost).toEqual(expected)
  })

  test.each([
    ['the integration that was named', nthId(7), []],
    ['another one', nthId(8), ['integration_id']],
  ])('shows that it was filed with %s', async (_, integration_id, expected) => {
    const integration_result = { success: true, integration_id }
    const { client } = connectTo(() => Response.json({ id, title: 'A', description: 'B', integration_result }))
    const input = { title: 'A', description: 'B', integration_id: nthId(7) }

    const lost = await lostIn(client.tickets.create(input))

    expect(lost).toEqual(expected)
  })
})

test.each([
  ['one file', { attachments: [{ file_id: nthId(7) }] }, { attachments: [nthId(7), nthId(8)].map(byId) }],
  ['one key', { custom_fields: { a: 1 } }, { custom_fields: { a: 1, b: 2 } }],
] as const)('an update whose reply has %s more than was sent is a SilentDropError', async (_, sent, shown) => {
  const { client } = connectTo(() => Response.json({ id, ...shown }))

  const lost = await lostIn(client.tickets.replace(id, structuredClone(sent) as never))

  expect(lost).toEqual(Object.keys(sent))
})

function byId(file_id: string) {
  return { file_id }
}

test('a list with one more item is another value', async () => {
  const { client } = connectTo(() => Response.json({ id, oauth_scopes: ['read', 'write'] }))

  const lost = await lostIn(client.integrations.update(id, { oauth_scopes: ['read'] }))

  expect(lost).toEqual(['oauth_scopes'])
})

test('only null values are reported as not cleared', async () => {
  const { client } = connectTo(() => Response.json({ id, title: 'A', department: 'IT' }))

  const cleared = await failureOf(client.tickets.replace(id, { department: null }))
  const both = await failureOf(client.tickets.replace(id, { department: null, title: 'B' }))

  expect([cleared, both].map(String)).toEqual([
    'SilentDropError: the backend accepted null for `department` and did not clear it',
    'SilentDropError: the backend accepted the write, but its reply shows `department`, `title` with another value',
  ])
})

describe('an integration that is sent back unchanged', () => {
  test.each([
    ['its time in another form', { created_at: '2026-01-01T00:00:00.000Z' }],
    ['the status that new credentials give it', { status: 'active', credentials, credentials_updated_at: after }],
  ] as const)('may come back with %s', async (_, shown) => {
    const stored = { id, created_at: '2026-01-01T00:00:00Z', status: 'pending', credentials_updated_at: before }
    const { client } = connectTo(({ method }) => Response.json(method === 'GET' ? stored : { ...stored, ...shown }))
    const retrieved = { ...(await client.integrations.retrieve(id)), credentials_updated_at: undefined }
    const input = { ...retrieved, ...('credentials' in shown && { credentials }), region: null } as never

    const lost = await lostIn(client.integrations.update(id, input))

    expect(lost).toEqual([])
  })
})

describe('credentials', () => {
  test.each([
    ['are there', before, []],
    ['are not', null, ['credentials']],
  ])('of a new integration %s', async (_, credentials_updated_at, expected) => {
    const { client } = connectTo(() => Response.json({ id, ...jira, enabled: true, credentials_updated_at }))

    const lost = await lostIn(client.integrations.create({ ...jira, credentials }))

    expect(lost).toEqual(expected)
  })

  test.each([
    ['have a later time', { credentials_updated_at: after, updated_at: after }, []],
    ['have the same time, as does the row', { credentials_updated_at: before, updated_at: before }, []],
    [
      'have the same time, but the row a later one',
      { credentials_updated_at: before, updated_at: after },
      ['credentials'],
    ],
    ['are gone', { credentials_updated_at: null, updated_at: after }, ['credentials']],
  ])('that are replaced %s', async (_, shown, expected) => {
    const { client } = connectTo(({ method }) =>
      Response.json({ id, ...(method === 'GET' ? { credentials_updated_at: before } : shown) }),
    )

    const lost = await lostIn(client.integrations.update(id, { credentials }))

    expect(lost).toEqual(expected)
  })

  test('that are confirmed are not unverified, but a secret beside them is', async () => {
    const { client } = connectTo(({ method }) =>
      Response.json({ id, credentials_updated_at: method === 'GET' ? before : after, updated_at: after }),
    )
    const input = { credentials, webhook_secret: 'w' }

    const { unverified } = await client.integrations.update(id, input).withResponse()

    expect(unverified).toEqual(['webhook_secret'])
  })

  test('are not sent with a secret to a backend that confirms neither, unless `allowUnverified` is set', async () => {
    const { client, seen } = connectTo(() => Response.json({ id }))

    const refused = await failureOf(client.integrations.update(id, { webhook_secret: 'w' }))
    const refusedRequests = requestLines(seen)
    const { unverified } = await client.integrations
      .update(id, { credentials, webhook_secret: 'w' }, { allowUnverified: true })
      .withResponse()

    expect(refused).toMatchObject({ name: 'UnverifiableWriteError', fields: ['webhook_secret'] })
    expect(refusedRequests).toEqual([`GET /integrations/${id}`])
    expect(unverified).toEqual(['credentials', 'webhook_secret'])
  })
})

describe('after a 500', () => {
  test('a PATCH of a ticket is read back', async () => {
    const { client, seen } = connectTo(({ method }) =>
      method === 'GET' ? Response.json({ id, title: 'B' }) : Response.json({ detail: 'no' }, { status: 500 }),
    )

    const updated = await client.tickets.update(id, { title: 'B' })

    expect(updated.title).toBe('B')
    expect(requestLines(seen)).toEqual([`PATCH /tickets/${id}`, `GET /tickets/${id}`])
  })

  test('a write that no reply shows has failed, also with allowUnverified', async () => {
    const { client } = connectTo(({ method }) =>
      method === 'GET' ? Response.json({ id }) : Response.json({ detail: 'no' }, { status: 500 }),
    )

    const error = await failureOf(client.integrations.update(id, { webhook_secret: 'w' }, { allowUnverified: true }))

    expect(isApiError(error) && error.status).toBe(500)
  })

  test('an abort while it is read back rejects with its own reason', async () => {
    const giving = new AbortController()
    const { client } = connectTo(({ method }) => {
      if (method === 'GET') giving.abort(new Error('enough'))
      return Response.json({ detail: 'no' }, { status: 500 })
    })

    const error = await failureOf(client.tickets.update(id, { title: 'B' }, { signal: giving.signal }))

    expect(error).toEqual(new Error('enough'))
  })
})
