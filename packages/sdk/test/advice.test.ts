import { createApp, DEFAULT_USER, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../src/index.ts'
import { connect } from './backend.ts'

// The messages of refusals that existing backends do not explain.

const credentials = { email: 'bot@example.test', api_token: 'jira-token', url: 'https://example.atlassian.net' }
const unknownId = '20000000-0000-4000-8000-000000000009'

function connectToExisting(profile: Profile, options: Partial<ClientOptions> = {}) {
  const { fetch } = createApp({ profile })
  return createClient({
    baseUrl: 'https://tickets.example.test',
    token: DEFAULT_USER.token,
    fetch: async (input, init) => fetch(new Request(input, init)),
    maxRetries: 0,
    ...options,
  })
}

const messageOf = (call: PromiseLike<unknown>): Promise<string> =>
  Promise.resolve(call).then(
    () => 'no error',
    (error: Error) => error.message,
  )

describe.each(PROFILES)('against %s', (profile) => {
  test('a 500 of a ticket with an assignee says that the user may not exist', async () => {
    const client = connectToExisting(profile)
    const { id } = await client.tickets.create({ title: 'Bug', description: 'It breaks.' })

    const messages = [
      await messageOf(client.tickets.update(id, { assigned_to_id: unknownId })),
      await messageOf(client.tickets.assign(id, unknownId)),
      await messageOf(client.tickets.create({ title: 'Bug', description: 'It breaks.', assigned_to_id: unknownId })),
    ]

    const advice = '; existing backends answer 500 if no user has the id in `assigned_to_id`'
    expect(messages.map((message) => message.endsWith(advice))).toEqual([true, true, true])
  })

  test('credentials alone are refused with the advice to send another field too, which works', async () => {
    const client = connectToExisting(profile)
    const account = { auth_type: 'custom', credentials } as const
    const { id } = await client.integrations.create({ ...account, name: 'JIRA', platform_name: 'jira' })

    expect(await messageOf(client.integrations.update(id, { credentials }))).toBe(
      'the backend cannot confirm that it stores `credentials`; nothing was sent. Existing backends refuse it without another field: repeat a setting such as `description`, then `allowUnverified` sends it, and `unverified` of the result lists it',
    )
    expect(await messageOf(client.integrations.update(id, { credentials, description: 'A' }))).toBe(
      'the backend cannot confirm that it stores `credentials`; nothing was sent. `allowUnverified` sends it, and `unverified` of the result lists it',
    )
    const { unverified } = await client.integrations
      .update(id, { credentials, description: 'A' }, { allowUnverified: true })
      .withResponse()
    expect(unverified).toEqual(['credentials'])
  })
})

test('a refused change of attachments says that the backend cannot change them', async () => {
  const client = connectToExisting('existing-refactored')
  const { id } = await client.tickets.create({ title: 'Bug', description: 'It breaks.' })

  expect(await messageOf(client.tickets.update(id, { attachments: [{ file_id: unknownId }] }))).toBe(
    'PATCH /tickets/{ticket_id} was answered with 400: At least one field must be provided for update; the backend cannot change `attachments` of a ticket',
  )
})

test('a rate limit says how long to wait', async () => {
  const limited = Response.json({ detail: 'too many calls' }, { status: 429, headers: { 'Retry-After': '7' } })
  const client = connectToExisting('existing-latest', { fetch: async () => limited.clone() })

  expect(await messageOf(client.tickets.list())).toBe(
    'GET /tickets/ was answered with 429 rate_limited: too many calls; try again in 7 s',
  )
})

test('a body with only an unknown field has one issue: the unknown field', async () => {
  const { client } = connect({ backend: 'current', generation: 'current' })
  const changes: object = { assignee: null }

  expect(await messageOf(client.tickets.update(unknownId, changes))).toBe(
    '`assignee` is not a field; did you mean `assigned_to_id`?',
  )
})
