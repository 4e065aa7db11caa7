import { type App, createApp, createMemoryStore, type IntegrationRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId } from './rows.ts'
import { column, issuesOf, send, sorted } from './send.ts'

async function appWith(rows: readonly Partial<IntegrationRow>[]): Promise<App> {
  const store = createMemoryStore()
  for (const [index, row] of rows.entries())
    await store.integrations.insert(integrationRow({ id: rowId(index), ...row }))
  return createApp({ store })
}

const names = async (app: App, query: string): Promise<readonly unknown[]> =>
  column(await send(app, `GET /integrations/?${query}`), 'name')

const zoo = [
  { name: 'Jira EU', platform_name: 'jira', integration_category: 'ticketing' },
  { name: 'jira us', platform_name: 'jira', integration_category: 'ticketing', enabled: false, status: 'inactive' },
  { name: 'Zendesk', platform_name: 'zendesk', integration_category: 'ticketing', status: 'error' },
  { name: 'Slack', platform_name: 'slack', integration_category: 'messaging' },
  { name: '100%_sure\\', platform_name: 'hubspot', integration_category: 'crm', status: 'pending' },
  { name: 'Gone', platform_name: 'jira', integration_category: 'ticketing', deleted_at: '2025-09-02T00:00:00.000000Z' },
] as const

test.each([
  ['', ['Jira EU', 'jira us', 'Zendesk', 'Slack', '100%_sure\\']],
  ['integration_category=ticketing', ['Jira EU', 'jira us', 'Zendesk']],
  ['integration_category=project_management', []],
  ['platform_name=jira', ['Jira EU', 'jira us']],
  ['integration_category=ticketing&platform_name=zendesk', ['Zendesk']],
  ['integration_status=error', ['Zendesk']],
  ['integration_status=suspended', []],
  ['enabled=true', ['Jira EU', 'Zendesk', 'Slack', '100%_sure\\']],
  ['enabled=false', ['jira us']],
  ['enabled=off', ['jira us']],
  ['name=JIRA', ['Jira EU', 'jira us']],
  ['name=a%20e', ['Jira EU']],
  ['name=%25_', ['100%_sure\\']],
  ['name=%5C', ['100%_sure\\']],
  ['name=', ['Jira EU', 'jira us', 'Zendesk', 'Slack', '100%_sure\\']],
  ['name=nobody', []],
  ['platform_name=jira&enabled=true', ['Jira EU']],
  ['platform_name=jira&enabled=true&name=us', []],
  ['integration_status=inactive&integration_category=ticketing&enabled=false&name=US&platform_name=jira', ['jira us']],
])('`%s` filters', async (query, expected) => {
  const app = await appWith(zoo)

  const found = await names(app, `sort_order=asc&sort_by=created_at&${query}`)

  expect(found).toEqual(expected)
})

const times = ['2025-09-01T00:00:00.000000Z', '2025-09-02T00:00:00.000000Z', '2025-09-03T00:00:00.000000Z'] as const
const [first, second, third] = times

test.each([
  ['created_at', [{ created_at: second }, { created_at: first }, { created_at: third }], '1 0 2'],
  ['updated_at', [{ updated_at: third }, { updated_at: second }, { updated_at: first }], '2 1 0'],
  ['name', [{ name: 'b' }, { name: 'c' }, { name: 'a' }], '2 0 1'],
  ['status', [{ status: 'pending' }, { status: 'active' }, { status: 'error' }], '1 2 0'],
  ['last_request_at', [{ last_request_at: third }, { last_request_at: first }, { last_request_at: second }], '1 2 0'],
  ['total_requests', [{ total_requests: 10 }, { total_requests: 9 }, { total_requests: 100 }], '1 0 2'],
] as const)('sort_by=%s sorts both ways', async (key, rows, order) => {
  const app = await appWith(rows)
  const ids = order.split(' ').map((n) => rowId(Number(n)))

  const up = column(await send(app, `GET /integrations/?sort_by=${key}&sort_order=asc`), 'id')
  const down = column(await send(app, `GET /integrations/?sort_by=${key}&sort_order=desc`), 'id')
  const usual = column(await send(app, `GET /integrations/?sort_by=${key}`), 'id')

  expect(up).toEqual(ids)
  expect(down).toEqual(ids.toReversed())
  expect(usual).toEqual(ids.toReversed())
})

test('without a sort key the newest come first', async () => {
  const app = await appWith([{ created_at: second }, { created_at: third }, { created_at: first }])

  const ids = column(await send(app, 'GET /integrations/'), 'id')

  expect(ids).toEqual([rowId(1), rowId(0), rowId(2)])
})

test('rows without a value come last in both orders, then by id', async () => {
  const app = await appWith([
    { last_request_at: null },
    { last_request_at: second },
    { last_request_at: null },
    { last_request_at: first },
  ])

  const up = column(await send(app, 'GET /integrations/?sort_by=last_request_at&sort_order=asc'), 'id')
  const down = column(await send(app, 'GET /integrations/?sort_by=last_request_at&sort_order=desc'), 'id')

  expect(up).toEqual([rowId(3), rowId(1), rowId(0), rowId(2)])
  expect(down).toEqual([rowId(1), rowId(3), rowId(2), rowId(0)])
})

test('equal keys are ordered by id', async () => {
  const app = await appWith([{ id: rowId(2) }, { id: rowId(1) }, { id: rowId(3) }])

  const up = column(await send(app, 'GET /integrations/?sort_by=name&sort_order=asc'), 'id')
  const down = column(await send(app, 'GET /integrations/?sort_by=name&sort_order=desc'), 'id')

  expect(up).toEqual([rowId(1), rowId(2), rowId(3)])
  expect(down).toEqual([rowId(3), rowId(2), rowId(1)])
})

const many = Array.from({ length: 103 }, (_, n) => ({ name: `n${n % 10}`, total_requests: n % 7 }))

test.each([
  ['limit=1', 103],
  ['limit=7&sort_by=total_requests', 15],
  ['limit=50&sort_by=name&sort_order=asc', 3],
  ['limit=100', 2],
  ['', 6],
])('paging with `%s` reaches every row once', async (query, pages) => {
  const app = await appWith(many)
  const limit = Number(new URLSearchParams(query).get('limit') ?? 20)

  const seen: unknown[] = []
  let calls = 0
  for (let page = [{}] as readonly unknown[]; page.length > 0; calls++) {
    page = column(await send(app, `GET /integrations/?offset=${seen.length}&${query}`), 'id')
    expect(page.length).toBeLessThanOrEqual(limit)
    seen.push(...page)
  }

  expect(sorted(seen)).toEqual(many.map((_, n) => rowId(n)))
  expect(calls).toBe(pages + 1)
})

test.each([
  ['limit=0', ['query.limit validation_failed']],
  ['limit=101', ['query.limit validation_failed']],
  ['limit=-1', ['query.limit validation_failed']],
  ['limit=1.5', ['query.limit validation_failed']],
  ['limit=', ['query.limit validation_failed']],
  ['limit=1e2', ['query.limit validation_failed']],
  ['offset=-1', ['query.offset validation_failed']],
  ['offset=99999999999999999999', ['query.offset validation_failed']],
  ['sort_by=success_rate', ['query.sort_by validation_failed']],
  ['sort_order=up', ['query.sort_order validation_failed']],
  ['limit=0&offset=x', ['query.offset validation_failed', 'query.limit validation_failed']],
])('`%s` is refused', async (query, issues) => {
  const app = createApp()

  const reply = await send(app, `GET /integrations/?${query}`)

  expect([reply.status, issuesOf(reply)]).toEqual([422, issues])
})

test.each(['offset=103', 'offset=9007199254740991', 'offset=104&limit=100'])(
  '`%s` is past the end: empty',
  async (query) => {
    const app = await appWith(many)

    const reply = await send(app, `GET /integrations/?${query}`)

    expect([reply.status, reply.json]).toEqual([200, []])
  },
)

test('the last value of a repeated parameter counts', async () => {
  const app = await appWith(zoo)

  const found = await names(app, 'name=nobody&name=Slack')

  expect(found).toEqual(['Slack'])
})
