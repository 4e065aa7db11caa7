import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore, type IntegrationRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow } from './rows.ts'
import { column, type Fields, fieldsOf, issuesOf, itemsOf, nthId, send } from './send.ts'

// Outcomes of bodies that mix old and new names or contradict themselves. `strict` is transitional with
// `Prefer: handling=strict`.

type Mode = Generation | 'strict'

const generationOf = (mode: Mode): Generation => (mode === 'strict' ? 'transitional' : mode)
const headersOf = (mode: Mode): Record<string, string> => (mode === 'strict' ? { Prefer: 'handling=strict' } : {})
const path = '/integrations/aaaaaaaa-0000-4000-8000-000000000001'

async function withStored(mode: Mode, fields: Partial<IntegrationRow> = {}): Promise<App> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow(fields))
  return createApp({ store, generation: generationOf(mode) })
}

// Creates

const created: readonly (readonly [sentence: string, mode: Mode, body: Fields, row: Fields])[] = [
  ['both spellings that agree', 'transitional', { integration_type: 'jira', platform_name: 'jira' }, {}],
  ['all spellings that agree', 'transitional', { integration_type: 'jira', integration_category: 'ticketing' }, {}],
  ['both flags that agree', 'transitional', { platform_name: 'jira', is_enabled: false, enabled: false }, off()],
  ['a platform without category', 'transitional', { platform_name: 'jira' }, {}],
  ['a platform without category', 'current', { platform_name: 'jira' }, {}],
  ['a platform without category', 'strict', { platform_name: 'jira' }, {}],
  ['a type in capitals', 'legacy', { integration_type: 'JIRA' }, {}],
  ['a type with blanks', 'legacy', { integration_type: ' Jira ' }, {}],
  ['a type in capitals', 'transitional', { integration_type: 'JIRA' }, {}],
  ['a type with blanks', 'transitional', { integration_type: ' Jira ' }, {}],
  ['an unknown key', 'legacy', { integration_type: 'jira', colour: 'red' }, {}],
  ['an unknown key', 'transitional', { platform_name: 'jira', colour: 'red' }, {}],
  ['new names, which legacy ignores', 'legacy', { integration_type: 'jira', enabled: false }, {}],
]

test.each(created)('%s on create in %s is accepted', async (_, mode, body, row) => {
  const app = createApp({ generation: generationOf(mode) })

  const reply = await send(app, 'POST /integrations/', { name: 'A', ...body }, headersOf(mode))

  expect(reply.status).toBe(200)
  app.switchGeneration('current')
  expect(itemsOf(await send(app, 'GET /integrations/'))).toMatchObject([
    { name: 'A', integration_category: 'ticketing', platform_name: 'jira', enabled: true, ...row },
  ])
})

function off(): Fields {
  return { enabled: false, status: 'inactive' }
}

const refusedCreates: readonly (readonly [sentence: string, mode: Mode, body: Fields, issues: readonly string[]])[] = [
  [
    'both spellings that disagree',
    'transitional',
    { integration_type: 'jira', platform_name: 'slack' },
    ['body.platform_name conflicting_fields -> platform_name'],
  ],
  [
    'both flags that disagree',
    'transitional',
    { platform_name: 'jira', is_enabled: true, enabled: false },
    ['body.enabled conflicting_fields -> enabled'],
  ],
  [
    'a category that contradicts the platform',
    'transitional',
    { platform_name: 'jira', integration_category: 'crm' },
    ['body.integration_category category_mismatch -> ticketing'],
  ],
  [
    'a category that contradicts the platform',
    'current',
    { platform_name: 'jira', integration_category: 'crm' },
    ['body.integration_category category_mismatch -> ticketing'],
  ],
  [
    'a category without platform',
    'transitional',
    { integration_category: 'crm' },
    ['body.platform_name platform_required'],
  ],
  ['a category without platform', 'current', { integration_category: 'crm' }, ['body.platform_name platform_required']],
  ['no platform at all', 'legacy', {}, ['body.integration_type platform_required']],
  ['no platform at all', 'transitional', {}, ['body.platform_name platform_required']],
  ['no platform at all', 'current', {}, ['body.platform_name platform_required']],
  [
    'an unknown platform, similar to a known one',
    'current',
    { platform_name: 'jirra' },
    ['body.platform_name unknown_platform -> jira'],
  ],
  [
    'an unknown platform, near to none',
    'current',
    { platform_name: 'homegrown' },
    ['body.platform_name unknown_platform'],
  ],
  [
    'an unknown type, similar to a known one',
    'legacy',
    { integration_type: 'jirra' },
    ['body.integration_type unknown_platform -> jira'],
  ],
  [
    'an unknown type, similar to a known one',
    'transitional',
    { integration_type: 'jirra' },
    ['body.integration_type unknown_platform -> jira'],
  ],
  ['a platform in capitals', 'current', { platform_name: 'JIRA' }, ['body.platform_name unknown_platform -> jira']],
  [
    'a platform with blanks',
    'transitional',
    { platform_name: ' Jira ' },
    ['body.platform_name unknown_platform -> jira'],
  ],
  [
    'an unknown key, similar to a known one',
    'current',
    { platform_name: 'jira', desciption: 'x' },
    ['body.desciption unknown_field -> description'],
  ],
  ['an unknown key, near to none', 'current', { platform_name: 'jira', colour: 'red' }, ['body.colour unknown_field']],
  ['an unknown key, near to none', 'strict', { platform_name: 'jira', colour: 'red' }, ['body.colour unknown_field']],
  [
    'an old name',
    'current',
    { integration_type: 'jira', is_enabled: true },
    ['body.is_enabled retired_field -> enabled', 'body.integration_type retired_field -> platform_name'],
  ],
  [
    'an old name',
    'strict',
    { integration_type: 'jira', is_enabled: true },
    ['body.is_enabled retired_field -> enabled', 'body.integration_type retired_field -> platform_name'],
  ],
  [
    'an old name beside an agreeing new one',
    'current',
    { platform_name: 'jira', enabled: true, is_enabled: true },
    ['body.is_enabled retired_field -> enabled'],
  ],
  ['a new name alone', 'legacy', { platform_name: 'jira' }, ['body.integration_type platform_required']],
]

test.each(refusedCreates)('%s on create in %s is refused, nothing is written', async (_, mode, body, issues) => {
  const app = createApp({ generation: generationOf(mode) })

  const reply = await send(app, 'POST /integrations/', { name: 'A', ...body }, headersOf(mode))

  expect(reply.status).toBe(422)
  expect(issuesOf(reply)).toEqual(issues)
  expect((await send(app, 'GET /integrations/')).json).toEqual([])
})

test('the messages of refusals say what to send', async () => {
  const transitional = createApp({ generation: 'transitional' })
  const current = createApp({ generation: 'current' })
  const bodies: readonly (readonly [App, Fields])[] = [
    [transitional, { integration_type: 'jira', platform_name: 'slack' }],
    [transitional, { platform_name: 'jira', is_enabled: true, enabled: false }],
    [current, { platform_name: 'jira', integration_category: 'crm' }],
    [current, { integration_category: 'crm' }],
    [current, { platform_name: 'jira', is_enabled: true }],
    [current, { platform_name: 'jira', desciption: 'x' }],
  ]

  const replies = await Promise.all(
    bodies.map(([app, body]) => send(app, 'POST /integrations/', { name: 'A', ...body })),
  )

  const sentences = replies.flatMap((reply) => itemsOf({ json: fieldsOf(reply)['detail'] }).map(({ msg }) => msg))
  expect(sentences).toEqual([
    '`platform_name` disagrees with `integration_type`; send only `platform_name`',
    '`enabled` disagrees with `is_enabled`; send only `enabled`',
    '`integration_category` of `jira` is `ticketing`; send `ticketing`, or leave it out',
    '`platform_name` is required; a category alone does not determine the platform',
    '`is_enabled` is retired; send `enabled`',
    '`desciption` is not a field; did you mean `description`?',
  ])
})

// Updates

const updated: readonly (readonly [sentence: string, mode: Mode, body: Fields, row: Fields])[] = [
  [
    'an old flag that was flipped, beside the stored new one',
    'transitional',
    { is_enabled: false, enabled: true },
    off(),
  ],
  [
    'a new flag that was flipped, beside the stored old one',
    'transitional',
    { is_enabled: true, enabled: false },
    off(),
  ],
  ['both flags, flipped alike', 'transitional', { is_enabled: false, enabled: false }, off()],
  ['the old flag', 'legacy', { is_enabled: false }, off()],
  ['the old flag', 'transitional', { is_enabled: false }, off()],
  ['the new flag', 'transitional', { enabled: false }, off()],
  ['the new flag', 'current', { enabled: false }, off()],
  ['the new flag', 'strict', { enabled: false }, off()],
  ['the new flag, which legacy ignores', 'legacy', { enabled: false }, {}],
  ['the stored type', 'legacy', { integration_type: 'jira', name: 'B' }, { name: 'B' }],
  ['the stored type in capitals', 'transitional', { integration_type: 'JIRA', name: 'B' }, { name: 'B' }],
  ['the stored category alone', 'transitional', { integration_category: 'ticketing', name: 'B' }, { name: 'B' }],
  ['the stored category alone', 'current', { integration_category: 'ticketing', name: 'B' }, { name: 'B' }],
  ['the stored platform alone', 'current', { platform_name: 'jira', name: 'B' }, { name: 'B' }],
  ['the stored status', 'current', { status: 'active', name: 'B' }, { name: 'B' }],
  ['an unknown key', 'legacy', { colour: 'red', name: 'B' }, { name: 'B' }],
  ['an unknown key', 'transitional', { colour: 'red', name: 'B' }, { name: 'B' }],
  ['fields that the server moves', 'current', { updated_at: 'x', usage_stats: null, name: 'B' }, { name: 'B' }],
]

test.each(updated)('%s on update in %s is accepted', async (_, mode, body, row) => {
  const app = await withStored(mode)
  app.switchGeneration('current')
  const before = fieldsOf(await send(app, `GET ${path}`))
  app.switchGeneration(generationOf(mode))

  const reply = await send(app, `PUT ${path}`, body, headersOf(mode))

  expect(reply.status).toBe(200)
  app.switchGeneration('current')
  const after = fieldsOf(await send(app, `GET ${path}`))
  expect(after).toEqual({ ...before, ...row, updated_at: after['updated_at'] })
})

const refusedUpdates: readonly (readonly [sentence: string, mode: Mode, body: Fields, issues: readonly string[]])[] = [
  ['another type', 'legacy', { integration_type: 'slack' }, ['body.integration_type read_only_field']],
  ['another type', 'transitional', { integration_type: 'slack' }, ['body.integration_type read_only_field']],
  ['another platform', 'current', { platform_name: 'slack' }, ['body.platform_name read_only_field']],
  [
    'a category that contradicts the stored platform',
    'current',
    { integration_category: 'crm' },
    ['body.integration_category read_only_field'],
  ],
  [
    'a category that contradicts the platform beside it',
    'current',
    { platform_name: 'jira', integration_category: 'crm' },
    ['body.integration_category category_mismatch -> ticketing'],
  ],
  ['another status', 'legacy', { status: 'inactive' }, ['body.status read_only_field']],
  ['another status', 'transitional', { status: 'inactive' }, ['body.status read_only_field']],
  ['another status', 'current', { status: 'inactive' }, ['body.status read_only_field']],
  ['another id', 'current', { id: nthId(9) }, ['body.id read_only_field']],
  ['another time of creation', 'current', { created_at: 'x' }, ['body.created_at read_only_field']],
  ['another auth type', 'current', { auth_type: 'basic' }, ['body.auth_type read_only_field']],
  [
    'an old name',
    'current',
    { is_enabled: false, integration_type: 'jira' },
    ['body.is_enabled retired_field -> enabled', 'body.integration_type retired_field -> platform_name'],
  ],
  ['an old name', 'strict', { is_enabled: false }, ['body.is_enabled retired_field -> enabled']],
  ['an unknown key', 'current', { enabledd: false }, ['body.enabledd unknown_field -> enabled']],
  ['an unknown key', 'strict', { enabledd: false }, ['body.enabledd unknown_field -> enabled']],
  [
    'an unknown type',
    'transitional',
    { integration_type: 'jirra' },
    ['body.integration_type unknown_platform -> jira'],
  ],
]

test.each(refusedUpdates)('%s on update in %s is refused, nothing is written', async (_, mode, body, issues) => {
  const app = await withStored(mode)
  const before = await send(app, `GET ${path}`)

  const reply = await send(app, `PUT ${path}`, { name: 'B', ...body }, headersOf(mode))

  expect(reply.status).toBe(422)
  expect(issuesOf(reply)).toEqual(issues)
  expect((await send(app, `GET ${path}`)).json).toEqual(before.json)
})

test('two platforms that both differ from the stored one and from each other are refused', async () => {
  const app = await withStored('transitional')
  const before = await send(app, `GET ${path}`)

  const reply = await send(app, `PUT ${path}`, { integration_type: 'slack', platform_name: 'zoom' })

  expect(reply.status).toBe(422)
  expect(issuesOf(reply)[0]).toMatch(/conflicting_fields/)
  expect((await send(app, `GET ${path}`)).json).toEqual(before.json)
})

test.each(GENERATIONS)('%s: a whole reply sent back is accepted and changes only updated_at', async (generation) => {
  const app = await withStored(generation, {
    region: 'eu',
    routing_rules: { a: [1] },
    department_mapping: { it: 'IT' },
  })
  const read = fieldsOf(await send(app, `GET ${path}`))

  const reply = await send(app, `PUT ${path}`, read)

  expect(reply.status).toBe(200)
  expect(reply.json).toEqual({ ...read, updated_at: '2025-09-06T12:00:00.001000Z' })
})

test.each([
  ['legacy', 'is_enabled'],
  ['transitional', 'is_enabled'],
  ['transitional', 'enabled'],
  ['current', 'enabled'],
] as const)('%s: `%s` flipped in a whole reply is what was meant', async (generation, flag) => {
  const app = await withStored(generation)
  const read = fieldsOf(await send(app, `GET ${path}`))

  const reply = await send(app, `PUT ${path}`, { ...read, [flag]: false })

  expect(reply.status).toBe(200)
  expect(reply.json).toMatchObject({ [flag]: false, status: 'inactive' })
})

test.each(GENERATIONS)(
  '%s: a row with unknown enum values can be read, sent back whole and changed',
  async (generation) => {
    const unknownValues = {
      platform_name: 'pagerduty',
      integration_category: 'on_call',
      status: 'paused',
      auth_type: 'mtls',
    }
    // Unknown enum values are branded in the types.
    const app = await withStored(generation, unknownValues as unknown as Partial<IntegrationRow>)
    const read = fieldsOf(await send(app, `GET ${path}`))

    const reply = await send(app, `PUT ${path}`, { ...read, name: 'B' })

    const shown = generation === 'legacy' ? {} : { integration_category: 'on_call', platform_name: 'pagerduty' }
    const old = generation === 'current' ? {} : { integration_type: 'pagerduty' }
    expect(read).toMatchObject({ ...shown, ...old, status: 'paused', auth_type: 'mtls' })
    expect([reply.status, reply.json]).toEqual([200, { ...read, name: 'B', updated_at: '2025-09-06T12:00:00.001000Z' }])
  },
)

test.each([
  ['legacy', { integration_type: 'jira' }],
  ['transitional', { integration_type: 'jira', integration_category: 'on_call', platform_name: 'jira' }],
  ['current', { integration_category: 'on_call', platform_name: 'jira' }],
] as const)('%s: a known platform in an unknown category has the reply %j', async (generation, shown) => {
  // Unknown enum values are branded in the types.
  const category = 'on_call' as unknown as IntegrationRow['integration_category']
  const app = await withStored(generation, { integration_category: category })
  const read = fieldsOf(await send(app, `GET ${path}`))

  const reply = await send(app, `PUT ${path}`, { ...read, name: 'B' })

  expect([reply.status, reply.json]).toEqual([200, { ...read, name: 'B', updated_at: '2025-09-06T12:00:00.001000Z' }])
  expect(read).toMatchObject(shown)
})

// Queries

const listed: readonly (readonly [sentence: string, mode: Mode, query: string, names: readonly string[]])[] = [
  ['an old type', 'legacy', 'integration_type=jira', ['Jira']],
  ['an old type in capitals', 'legacy', 'integration_type=%20JIRA', ['Jira']],
  ['an old type', 'transitional', 'integration_type=jira', ['Jira']],
  ['an old type and its new names', 'transitional', 'integration_type=jira&platform_name=jira', ['Jira']],
  ['a new platform', 'transitional', 'platform_name=jira', ['Jira']],
  ['a new platform', 'current', 'platform_name=jira', ['Jira']],
  ['a category alone', 'current', 'integration_category=ticketing', ['Jira', 'Zendesk']],
  ['an old flag', 'legacy', 'is_enabled=false', ['Zendesk']],
  ['an old flag', 'transitional', 'is_enabled=0', ['Zendesk']],
  ['both flags, agreeing', 'transitional', 'is_enabled=0&enabled=false', ['Zendesk']],
  ['a new flag', 'current', 'enabled=false', ['Zendesk']],
  ['a new flag, which legacy ignores', 'legacy', 'enabled=false', ['Jira', 'Slack', 'Zendesk']],
  ['an unknown parameter', 'legacy', 'colour=red', ['Jira', 'Slack', 'Zendesk']],
  ['an unknown parameter', 'transitional', 'colour=red', ['Jira', 'Slack', 'Zendesk']],
]

async function threeIntegrations(mode: Mode): Promise<App> {
  const app = createApp({ generation: 'current' })
  await send(app, 'POST /integrations/', { name: 'Jira', platform_name: 'jira' })
  await send(app, 'POST /integrations/', { name: 'Slack', platform_name: 'slack' })
  await send(app, 'POST /integrations/', { name: 'Zendesk', platform_name: 'zendesk', enabled: false })
  app.switchGeneration(generationOf(mode))
  return app
}

test.each(listed)('%s in a query in %s (%s) filters', async (_, mode, query, names) => {
  const app = await threeIntegrations(mode)

  const reply = await send(app, `GET /integrations/?sort_by=name&sort_order=asc&${query}`, undefined, headersOf(mode))

  expect([reply.status, column(reply, 'name')]).toEqual([200, names])
})

const refusedQueries: readonly (readonly [sentence: string, mode: Mode, query: string, issues: readonly string[]])[] = [
  [
    'an old type and another platform',
    'transitional',
    'integration_type=jira&platform_name=slack',
    ['query.platform_name conflicting_fields -> platform_name'],
  ],
  ['flags that disagree', 'transitional', 'is_enabled=1&enabled=0', ['query.enabled conflicting_fields -> enabled']],
  ['an old name', 'current', 'integration_type=jira', ['query.integration_type retired_field -> platform_name']],
  ['an old name', 'strict', 'is_enabled=1', ['query.is_enabled retired_field -> enabled']],
  [
    'an unknown parameter',
    'current',
    'is_enable=1&colour=red',
    ['query.is_enable unknown_field', 'query.colour unknown_field'],
  ],
  ['an unknown parameter', 'strict', 'colour=red', ['query.colour unknown_field']],
  [
    'a category that contradicts the platform',
    'current',
    'platform_name=jira&integration_category=crm',
    ['query.integration_category category_mismatch -> ticketing'],
  ],
  ['an unknown platform', 'current', 'platform_name=Jira', ['query.platform_name unknown_platform -> jira']],
  ['an unknown type', 'legacy', 'integration_type=jirra', ['query.integration_type unknown_platform -> jira']],
  [
    'an unknown category',
    'current',
    'integration_category=CRM',
    ['query.integration_category validation_failed -> crm'],
  ],
  ['no boolean', 'legacy', 'is_enabled=maybe', ['query.is_enabled validation_failed']],
]

test.each(refusedQueries)('%s in a query in %s (%s) is refused', async (_, mode, query, issues) => {
  const app = await threeIntegrations(mode)

  const reply = await send(app, `GET /integrations/?${query}`, undefined, headersOf(mode))

  expect([reply.status, issuesOf(reply)]).toEqual([422, issues])
})

// Replies under strict handling

test('strict handling omits the old names from every reply', async () => {
  const app = await withStored('transitional')

  const replies = [
    await send(app, `GET ${path}`, undefined, headersOf('strict')),
    await send(app, `PUT ${path}`, { name: 'B' }, headersOf('strict')),
    await send(app, `PATCH ${path}/status`, { enabled: true }, headersOf('strict')),
    await send(app, 'POST /integrations/', { name: 'C', platform_name: 'sms' }, headersOf('strict')),
  ]

  for (const reply of replies) {
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({ enabled: true })
    expect(Object.keys(fieldsOf(reply)).filter((key) => ['is_enabled', 'integration_type'].includes(key))).toEqual([])
  }
})

test('legacy ignores strict handling', async () => {
  const app = createApp({ generation: 'legacy' })

  const reply = await send(
    app,
    'POST /integrations/',
    { name: 'A', integration_type: 'jira' },
    { Prefer: 'handling=strict' },
  )

  expect([reply.status, reply.headers.get('Preference-Applied')]).toEqual([200, null])
  expect(reply.json).toMatchObject({ integration_type: 'jira' })
})
