import { GENERATIONS } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  type Draft,
  type Drafter,
  type Store,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId } from './rows.ts'
import { fieldsOf, issuesOf, nthId, send } from './send.ts'

const line = 'POST /tickets/ai-create'
const nothingRead = {
  confidence_score: null,
  reasoning: null,
  tags: null,
  keywords: null,
  similar_patterns: null,
  sentiment: null,
  business_impact: null,
}
const draft: Draft = {
  ticket: { title: 'VPN drops', description: 'It drops every hour', category: 'technical', priority: 'high' },
  analysis: { ...nothingRead, confidence_score: 0.9, sentiment: 'annoyed', tags: ['vpn'] },
  confidence: 0.9,
  suggestedActions: ['restart the gateway'],
  fileSummary: 'one log file',
}

async function withStored(options: AppOptions = {}) {
  const store: Store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), name: 'Live' }))
  await store.integrations.insert(
    integrationRow({ id: rowId(2), name: 'Broken', status: 'error', platform_name: 'sms' }),
  )
  return { app: createApp({ store, ...options }), store }
}

test.each(GENERATIONS)('%s: a ticket is drafted from a text, and its analysis is stored', async (generation) => {
  const { app } = await withStored({ generation, drafter: async () => draft })

  const reply = await send(app, line, { user_input: 'my vpn...', uploaded_files: [rowId(7)] })
  const read = await send(app, `GET /tickets/${nthId(1)}`)

  const ticket = fieldsOf({ json: fieldsOf(reply)['ticket'] })
  expect([reply.status, reply.headers.get('ETag')]).toEqual([201, '"1"'])
  expect(reply.json).toMatchObject({
    ticket: { title: 'VPN drops', description: 'It drops every hour', category: 'technical', priority: 'high' },
    ai_analysis: { sentiment: 'annoyed' },
    confidence_score: 0.9,
    suggested_actions: ['restart the gateway'],
    file_analysis_summary: 'one log file',
  })
  expect(ticket).toMatchObject({ ai_analysis: draft.analysis, integration_result: null })
  expect(fieldsOf(read)).toMatchObject({ title: 'VPN drops', ai_analysis: draft.analysis })
  expect(generation === 'legacy' ? [[{ id: rowId(7) }]] : [ticket['attachments']]).toMatchObject(
    generation === 'legacy' ? [ticket['files']] : [[{ file_id: rowId(7) }]],
  )
})

test('the default drafter takes the text as it is, and the first line as the title', async () => {
  const { app } = await withStored()

  const { json } = await send(app, line, { user_input: `\n${'🐞'.repeat(120)}\nSecond line` })

  expect(json).toMatchObject({
    ticket: { title: '🐞'.repeat(100), description: `${'🐞'.repeat(120)}\nSecond line`, category: 'general' },
    ai_analysis: nothingRead,
    confidence_score: 0,
    suggested_actions: [],
    file_analysis_summary: null,
  })
})

test('the drafter gets the request and the caller', async () => {
  const calls: unknown[] = []
  const drafter: Drafter = async (request, caller) => {
    calls.push([request, caller.user.id])
    return draft
  }
  const { app } = await withStored({ drafter })
  const body = { user_input: 'Help', conversation_context: [{ role: 'user' }], user_preferences: { tone: 'short' } }

  await send(app, line, body)

  expect(calls).toEqual([[body, DEFAULT_USER.id]])
})

test.each([
  ['legacy', { integration: 'Live' }],
  ['transitional', { integration_preference: 'jira' }],
  ['transitional', { integration_name: 'Live' }],
  ['current', { integration_id: rowId(1) }],
] as const)('%s: with %j it is filed on the platform', async (generation, naming) => {
  const { app } = await withStored({ generation })

  const reply = await send(app, line, { user_input: 'Help', ...naming })

  expect([reply.status, reply.json]).toMatchObject([
    201,
    { ticket: { integration_result: { success: true, integration_id: rowId(1), external_ticket_id: 'JIRA-1' } } },
  ])
})

test.each([
  [{ integration_id: rowId(2) }, 422, 'integration_unusable'],
  [{ integration_id: rowId(9) }, 422, 'integration_not_found'],
] as const)('%j is refused before anything is drafted', async (naming, status, code) => {
  let drafts = 0
  const { app, store } = await withStored({
    drafter: async () => {
      drafts++
      return draft
    },
  })

  const reply = await send(app, line, { user_input: 'Help', ...naming })

  expect([reply.status, fieldsOf(reply)['code'], drafts]).toEqual([status, code, 0])
  expect((await store.tickets.count(DEFAULT_USER.organization_id, new Date())).total).toBe(0)
})

test.each([
  ['refused', 502, 0],
  ['not_supported', 501, 0],
  ['unknown', 201, 1],
] as const)('the platform outcome %s gives status %i and leaves %i tickets', async (outcome, status, storedTickets) => {
  const { app, store } = await withStored({ external: async () => ({ outcome }) })

  const reply = await send(app, line, { user_input: 'Help', integration_id: rowId(1) })

  expect(reply.status).toBe(status)
  expect((await store.tickets.count(DEFAULT_USER.organization_id, new Date())).total).toBe(storedTickets)
})

test('a draft is trimmed', async () => {
  const { app } = await withStored({
    drafter: async () => ({ ...draft, ticket: { title: ` ${'x'.repeat(500)} `, description: ' D\n' } }),
  })

  const { json } = await send(app, line, { user_input: 'Help' })

  expect(json).toMatchObject({ ticket: { title: 'x'.repeat(500), description: 'D' } })
})

test('user_input is required, and an unknown field is refused', async () => {
  const { app } = await withStored()

  const replies = [
    await send(app, line, {}),
    await send(app, line, { user_input: ' ' }),
    await send(app, line, { user_input: 'Help', uploaded_files: ['7'] }),
    await send(app, line, { user_input: 'Help', mood: 'bad' }),
  ]

  expect(replies.map(issuesOf)).toEqual([
    ['body.user_input validation_failed'],
    ['body.user_input validation_failed'],
    ['body.uploaded_files.0 validation_failed'],
    ['body.mood unknown_field'],
  ])
})

test.each([
  [
    'throws',
    async () => {
      throw new Error('no model')
    },
    'no model',
  ],
  [
    'breaks the limits',
    async () => ({ ...draft, ticket: { title: 'x'.repeat(501), description: ' ' } }),
    'the drafter returned a ticket that is not valid: body.title, body.description',
  ],
] as const)('a drafter that %s is reported, and nothing is written', async (_, drafter, message) => {
  const reported: unknown[] = []
  const { app, store } = await withStored({ drafter, onError: (error) => reported.push(error) })

  const reply = await send(app, line, { user_input: 'my secret words' })

  expect([reply.status, reported]).toEqual([500, [new Error(message)]])
  expect((await store.tickets.count(DEFAULT_USER.organization_id, new Date())).total).toBe(0)
})
