import type { ExternalTickets } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type Fields, fieldsOf, send } from '../send.ts'
import {
  allTickets,
  type Backend,
  createBackend,
  insertIntegration,
  newDraft,
  newTicket,
  storedIntegration,
  testDeviation,
  unknownId,
} from './test-deviation.ts'

const create = (backend: Backend, fields: Fields = {}) =>
  send(backend.app, 'POST /tickets/', newTicket(backend, fields))
const draft = (backend: Backend) => send(backend.app, 'POST /tickets/ai-create', newDraft(backend))
/** No integration, or an unknown one: by name in legacy, by id elsewhere. */
const naming = ({ isLegacy }: Backend, id: string | undefined): Fields =>
  isLegacy ? { integration: id } : { integration_id: id }

testDeviation('priority-not-null', async (backend) => {
  const reply = await create(backend, { priority: null, integration: undefined })

  expect([reply.status, fieldsOf(reply)['detail']]).toMatchObject([422, [{ loc: ['body', 'priority'], input: null }]])
})

testDeviation('files-are-dropped', async (backend) => {
  const internal = naming(backend, undefined)

  const reply = await create(backend, { ...internal, file_ids: [unknownId] })
  const wrong = await create(backend, { ...internal, file_ids: ['7'] })
  const drafted = await send(backend.app, 'POST /tickets/ai-create', { user_input: 'A', uploaded_files: [unknownId] })

  expect([reply.status, wrong.status, drafted.status]).toEqual([201, 422, backend.isLegacy ? 201 : 500])
  expect((await allTickets(backend)).every(({ attachments }) => attachments === null)).toBe(true)
})

testDeviation('drafting-always-fails', async (backend) => {
  await insertIntegration(backend)

  const plain = await send(backend.app, 'POST /tickets/ai-create', { user_input: 'A' })
  const blank = await send(backend.app, 'POST /tickets/ai-create', { user_input: ' ' })
  const filed = await draft(backend)
  const wrong = await send(backend.app, 'POST /tickets/ai-create', { user_input: 5 })

  expect([plain.status, blank.status, filed.status, wrong.status]).toEqual([500, 500, 400, 422])
  expect(plain.text).toContain('Failed to create ticket: ')
  expect(await allTickets(backend)).toEqual([])
})

testDeviation('internal-ticket-takes-any-integration', async (backend) => {
  await insertIntegration(backend, { status: backend.isLegacy ? 'active' : 'suspended' })

  const reply = await create(backend, { create_externally: false })
  const lost = await create(backend, { create_externally: false, ...naming(backend, unknownId) })

  expect([reply.status, fieldsOf(reply)['integration_result']]).toEqual([201, null])
  expect((await allTickets(backend))[0]?.integration_id).toBe('aaaaaaaa-0000-4000-8000-000000000001')
  expect(lost.status).toBe(500)
  expect(lost.text).toContain('[SQL: INSERT INTO tickets')
})

testDeviation('unusable-integration-is-400', async (backend) => {
  const about = (requested: string) => ({
    detail: `Integration with ID '${requested}' not found, not active, or not enabled`,
  })
  await insertIntegration(backend, { status: 'pending' })

  const pending = await create(backend)
  const lost = await create(backend, naming(backend, unknownId))
  const drafted = await draft(backend)

  const requested = backend.isLegacy ? 'Stored' : 'aaaaaaaa-0000-4000-8000-000000000001'
  expect([pending.status, pending.json]).toEqual([400, about(requested)])
  expect([lost.status, lost.json]).toEqual([400, about(unknownId)])
  const draftFailure = backend.isLegacy
    ? about(requested)
    : { detail: 'The ticket cannot be created with an integration' }
  expect([drafted.status, drafted.json]).toEqual([400, draftFailure])
  expect(await allTickets(backend)).toEqual([])
})

testDeviation('usable-means-enabled', async (backend) => {
  await insertIntegration(backend, { status: 'active', enabled: false })

  const created = await create(backend)
  const drafted = await draft(backend)

  expect([created.status, drafted.status]).toEqual([400, 400])
  expect(created.text).toContain('not found, not active, or not enabled')
})

testDeviation('only-jira-files-tickets', async (backend) => {
  await insertIntegration(backend, { platform_name: 'slack', integration_category: 'messaging' })

  const created = await create(backend)

  expect([created.status, created.json]).toEqual([
    400,
    { detail: 'External ticket creation failed: Unsupported integration type: slack' },
  ])
  expect(await allTickets(backend)).toEqual([])
})

const silent: ExternalTickets = async () => ({ outcome: 'unknown' })
const locked: ExternalTickets = async () => ({
  outcome: 'refused',
  reason: 'unauthorized',
  message: 'bad token s3cret',
})

testDeviation(
  'lost-answer-is-a-failure',
  async (backend) => {
    await insertIntegration(backend)

    const created = await create(backend)
    const drafted = await draft(backend)

    expect([created.status, drafted.status]).toEqual([400, 400])
    expect(await allTickets(backend)).toEqual([])
    expect((await storedIntegration(backend))?.consecutive_failures).toBe(backend.isLegacy ? 2 : 1)
  },
  { external: silent },
)

testDeviation(
  'failures-count-alike',
  async (backend) => {
    await insertIntegration(backend, { auto_disable_on_error: true, failure_threshold: 2 })

    await create(backend)
    const once = await storedIntegration(backend)
    await create(backend)
    const twice = await storedIntegration(backend)

    expect([once?.status, twice?.status, twice?.enabled]).toEqual(['active', 'error', true])
  },
  { external: locked },
)

testDeviation(
  'failed-creation-is-400',
  async (backend) => {
    await insertIntegration(backend, { credentials: { api_token: 's3cret' } })

    const created = await create(backend)
    const drafted = await draft(backend)

    expect([created.status, created.json]).toEqual([
      400,
      { detail: 'External ticket creation failed: bad token s3cret' },
    ])
    expect(drafted.status).toBe(400)
    expect(await allTickets(backend)).toEqual([])
  },
  { external: locked },
)

testDeviation('response-of-jira', async (backend) => {
  await insertIntegration(backend, { base_url: 'https://one.example.test' })

  const created = await create(backend)

  const address = 'https://one.example.test/tickets/JIRA-1'
  expect(fieldsOf(created)['integration_result']).toMatchObject({
    response: {
      key: 'JIRA-1',
      id: 'JIRA-1',
      url: address,
      self: address,
      project_key: 'JIRA',
      issue_type: 'Task',
      summary: 'Printer',
    },
  })
})

test('an unexpected failure stays a failure', async () => {
  const store = (await createBackend('existing-latest')).store
  const tickets = { ...store.tickets, insert: () => Promise.reject(new Error('disk full')) }
  const c2 = await createBackend('existing-latest', { store: { ...store, tickets } })

  const reply = await create(c2, naming(c2, undefined))

  expect([reply.status, reply.json]).toEqual([500, { detail: 'Failed to create ticket: disk full' }])
})

test('a refusal without a message is quoted as `refused`', async () => {
  const c1 = await createBackend('existing-refactored', { external: async () => ({ outcome: 'refused' }) })
  await insertIntegration(c1)

  const reply = await create(c1)

  expect(reply.json).toEqual({ detail: 'External ticket creation failed: refused' })
})
