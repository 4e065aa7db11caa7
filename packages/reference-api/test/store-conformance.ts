import { parseExactJson } from '@ai-ticket-creator/domain/internal'
import type {
  IdempotencyRecord,
  IntegrationRow,
  Position,
  Store,
  TicketRow,
  Window,
} from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'

const here = integrationRow().organization_id
const there = '20000000-0000-4000-8000-000000000002'
const all: Window = { offset: 0, limit: 100, now: new Date('2025-09-06T12:00:00Z') }
// Each store reports an existing id in its own words.
const taken = /already|exists|unique|duplicate/i
const weird: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":2,"n":null,"deep":[{"ü":"🐞"}],"f":1.5}')

/** The contract of a store: equal calls have equal results in every implementation. */
export function describeStore(name: string, createStore: () => Store | Promise<Store>): void {
  const withIntegrations = async (rows: readonly Partial<IntegrationRow>[]): Promise<Store> => {
    const store = await createStore()
    for (const [index, row] of rows.entries())
      await store.integrations.insert(integrationRow({ id: rowId(index), ...row }))
    return store
  }
  const withTickets = async (rows: readonly Partial<TicketRow>[]): Promise<Store> => {
    const store = await createStore()
    for (const [index, row] of rows.entries()) await store.tickets.insert(ticketRow({ id: rowId(index), ...row }))
    return store
  }
  const numbers = (rows: readonly { readonly id: string }[]): string =>
    rows.map(({ id }) => Number(id.slice(-12))).join(' ')

  describe(`store: ${name}`, () => {
    test('a new store is empty', async () => {
      const store = await createStore()

      expect(await store.integrations.list(here, {}, all)).toEqual({ rows: [], total: 0 })
      expect(await store.tickets.list(here, {}, all)).toEqual({ rows: [], total: 0 })
      expect(await store.integrations.find(here, rowId(1))).toBeUndefined()
      expect(await store.tickets.find(here, rowId(1))).toBeUndefined()
      expect(await store.integrations.findByNameOrPlatform(here, 'jira')).toEqual([])
    })

    test('numbers with more digits than JavaScript numbers keep them', async () => {
      const text = '{"account":12345678901234567890,"list":[{"id":9007199254740993}],"rate":0.1000000000000000000001}'
      const json = parseExactJson(text) as IntegrationRow['routing_rules']
      const store = await withIntegrations([{ routing_rules: json }])
      await store.tickets.insert(ticketRow({ id: rowId(1), custom_fields: json }))
      const key = {
        organization_id: here,
        key: 'k',
        fingerprint: 'f',
        expires_at: '2026-01-01T00:00:00.000000Z',
        lease_until: '2025-09-06T12:01:00.000000Z',
      }
      await store.keys.claim({ ...key, response: null }, '2025-09-06T12:00:00.000000Z')
      await store.keys.complete({ ...key, response: { reply: { custom_fields: json }, version: 1 } })

      const found = [
        (await store.integrations.find(here, rowId(0)))?.routing_rules,
        (await store.integrations.findByNameOrPlatform(here, 'jira'))[0]?.routing_rules,
        (await store.integrations.list(here, {}, all)).rows[0]?.routing_rules,
        (await store.tickets.find(here, rowId(1)))?.custom_fields,
        (await store.tickets.list(here, {}, all)).rows[0]?.custom_fields,
      ]
      const stored = await store.keys.claim({ ...key, response: null }, '2025-09-06T12:00:00.000000Z')

      expect(found.map((value) => JSON.stringify(value))).toEqual([text, text, text, text, text])
      expect(JSON.stringify(stored?.response?.reply)).toBe(`{"custom_fields":${text}}`)
    })

    test('a row is returned as it was inserted, with every field', async () => {
      // A JSON column may hold anything.
      const json = weird as IntegrationRow['routing_rules']
      const integration = integrationRow({
        credentials: json,
        routing_rules: json,
        department_mapping: { it: 'IT' },
        oauth_scopes: ['b', 'a'],
        supports_categories: [],
        webhook_secret: ' s ',
        expires_at: '2026-01-01T00:00:00.123456Z',
        checks_due_at: '2026-01-01T00:00:00.000000Z',
        due_checks: ['validate_credentials', 'check_health'],
      })
      const ticket = ticketRow({
        custom_fields: json,
        attachments: [{ file_id: rowId(7) }],
        tags: ['b', 'a'],
        integration_result: { success: true, external_ticket_id: 'JIRA-1' },
        title: '🐞 Ünïcode',
        ai_analysis: {
          confidence_score: 0.5,
          reasoning: null,
          tags: ['vpn'],
          keywords: [],
          similar_patterns: null,
          sentiment: 'calm',
          business_impact: null,
        },
      })
      const store = await createStore()

      await store.integrations.insert(integration)
      await store.tickets.insert(ticket)

      const [one, other] = [
        await store.integrations.find(here, integration.id),
        await store.tickets.find(here, ticket.id),
      ]
      expect(JSON.stringify(one)).toBe(JSON.stringify(integration))
      expect(JSON.stringify(other)).toBe(JSON.stringify(ticket))
      expect((await store.integrations.list(here, {}, all)).rows).toEqual([one])
      expect((await store.tickets.list(here, {}, all)).rows).toEqual([other])
      expect(await store.integrations.findByNameOrPlatform(here, 'jira')).toEqual([one])
    })

    test('rows are copied on insert and on read', async () => {
      const rules = { list: [1] }
      const store = await withIntegrations([{ routing_rules: rules }])
      await store.tickets.insert(ticketRow({ custom_fields: rules }))

      rules.list.push(2)
      const read = [
        await store.integrations.find(here, rowId(0)),
        (await store.integrations.list(here, {}, all)).rows[0],
        (await store.integrations.findByNameOrPlatform(here, 'jira'))[0],
      ]
      for (const row of read) (row?.routing_rules?.['list'] as number[] | undefined)?.push(3)
      const tickets = [
        await store.tickets.find(here, ticketRow().id),
        (await store.tickets.list(here, {}, all)).rows[0],
      ]
      for (const row of tickets) (row?.custom_fields?.['list'] as number[] | undefined)?.push(3)

      expect((await store.integrations.find(here, rowId(0)))?.routing_rules).toEqual({ list: [1] })
      expect((await store.tickets.find(here, ticketRow().id))?.custom_fields).toEqual({ list: [1] })
    })

    test('rows are copied on replace', async () => {
      const rules = { list: [1] }
      const store = await withIntegrations([{}])
      await store.tickets.insert(ticketRow())

      await store.integrations.replace(integrationRow({ id: rowId(0), version: 2, routing_rules: rules }), 1)
      await store.tickets.replace(ticketRow({ version: 2, custom_fields: rules }), 1)
      rules.list.push(2)

      expect((await store.integrations.find(here, rowId(0)))?.routing_rules).toEqual({ list: [1] })
      expect((await store.tickets.find(here, ticketRow().id))?.custom_fields).toEqual({ list: [1] })
    })

    test('an id that exists in any organization is refused, and nothing changes', async () => {
      const store = await withIntegrations([{ name: 'first' }])
      await store.tickets.insert(ticketRow({ title: 'first' }))

      await expect(store.integrations.insert(integrationRow({ id: rowId(0), name: 'second' }))).rejects.toThrow(taken)
      await expect(store.integrations.insert(integrationRow({ id: rowId(0), organization_id: there }))).rejects.toThrow(
        taken,
      )
      await expect(store.tickets.insert(ticketRow({ title: 'second' }))).rejects.toThrow(taken)
      await expect(store.tickets.insert(ticketRow({ organization_id: there }))).rejects.toThrow(taken)

      expect((await store.integrations.find(here, rowId(0)))?.name).toBe('first')
      expect((await store.tickets.find(here, ticketRow().id))?.title).toBe('first')
      expect(await store.integrations.find(there, rowId(0))).toBeUndefined()
    })

    test('an organization sees, finds, replaces and removes its own rows only', async () => {
      const store = await withIntegrations([{ name: 'theirs', organization_id: there }])
      const ticket = ticketRow({ organization_id: there })
      await store.tickets.insert(ticket)

      expect(await store.integrations.find(here, rowId(0))).toBeUndefined()
      expect(await store.tickets.find(here, ticket.id)).toBeUndefined()
      expect((await store.integrations.list(here, {}, all)).total).toBe(0)
      expect((await store.tickets.list(here, {}, all)).total).toBe(0)
      expect(await store.integrations.findByNameOrPlatform(here, 'theirs')).toEqual([])
      expect(await store.integrations.replace(integrationRow({ id: rowId(0), name: 'ours' }), 1)).toBe(false)
      expect(await store.tickets.replace(ticketRow({ id: ticket.id, title: 'ours' }), 1)).toBe(false)
      await store.tickets.remove(here, ticket.id)

      expect((await store.integrations.find(there, rowId(0)))?.name).toBe('theirs')
      expect((await store.tickets.find(there, ticket.id))?.title).toBe('Stored')
    })

    test('replace needs the stored version', async () => {
      const store = await withIntegrations([{}])
      await store.tickets.insert(ticketRow())

      const done = await store.integrations.replace(integrationRow({ id: rowId(0), version: 2, name: 'B' }), 1)
      const late = await store.integrations.replace(integrationRow({ id: rowId(0), version: 2, name: 'C' }), 1)
      const ahead = await store.integrations.replace(integrationRow({ id: rowId(0), version: 4, name: 'D' }), 3)
      const missing = await store.integrations.replace(integrationRow({ id: rowId(9), version: 2 }), 1)
      const ticket = await store.tickets.replace(ticketRow({ version: 2, title: 'B' }), 1)
      const lateTicket = await store.tickets.replace(ticketRow({ version: 2, title: 'C' }), 1)

      expect([done, late, ahead, missing, ticket, lateTicket]).toEqual([true, false, false, false, true, false])
      expect(await store.integrations.find(here, rowId(0))).toMatchObject({ name: 'B', version: 2 })
      expect(await store.integrations.find(here, rowId(9))).toBeUndefined()
      expect(await store.tickets.find(here, ticketRow().id)).toMatchObject({ title: 'B', version: 2 })
    })

    test('of parallel replacements exactly one succeeds', async () => {
      const store = await withIntegrations([{}])

      const done = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store.integrations.replace(integrationRow({ id: rowId(0), version: 2, name: `n${n}` }), 1),
        ),
      )

      expect(done.filter(Boolean)).toHaveLength(1)
      expect((await store.integrations.find(here, rowId(0)))?.name).toBe(`n${done.indexOf(true)}`)
    })

    test('a removed ticket is gone and its id is free; removing an unknown one does nothing', async () => {
      const store = await withTickets([{}, {}])

      await store.tickets.remove(here, rowId(0))
      await store.tickets.remove(here, rowId(0))
      await store.tickets.insert(ticketRow({ id: rowId(0), title: 'again' }))

      expect((await store.tickets.find(here, rowId(0)))?.title).toBe('again')
      expect((await store.tickets.list(here, {}, all)).total).toBe(2)
    })

    test('a deleted row is found by id and by name, but not listed', async () => {
      const deleted_at = '2025-09-02T00:00:00.000000Z'
      const store = await withIntegrations([{ deleted_at, name: 'Gone' }])
      await store.tickets.insert(ticketRow({ deleted_at }))

      expect(await store.integrations.find(here, rowId(0))).toMatchObject({ deleted_at })
      expect(await store.tickets.find(here, ticketRow().id)).toMatchObject({ deleted_at })
      expect(await store.integrations.findByNameOrPlatform(here, 'Gone')).toHaveLength(1)
      expect((await store.integrations.list(here, {}, all)).total).toBe(0)
      expect((await store.tickets.list(here, {}, all)).total).toBe(0)
    })

    test('findByNameOrPlatform matches the exact name, trimmed, or the platform in any case', async () => {
      const store = await withIntegrations([
        { name: ' Jira EU ', platform_name: 'jira' },
        { name: 'jira eu', platform_name: 'zendesk' },
        { name: 'Jira EU 2', platform_name: 'zendesk' },
        { name: '%', platform_name: 'slack' },
        { name: 'Zendesk', platform_name: 'sms' },
      ])
      const found = async (name: string) =>
        numbers((await store.integrations.findByNameOrPlatform(here, name)).toSorted(byId))

      expect(await found('Jira EU')).toBe('0')
      expect(await found(' Jira EU')).toBe('0')
      expect(await found('jira eu')).toBe('1')
      expect(await found('%')).toBe('3')
      expect(await found('_')).toBe('')
      expect(await found('JIRA')).toBe('0')
      expect(await found('Zendesk')).toBe('1 2 4')
      expect(await found("'; drop table integrations; --")).toBe('')
      expect(await found('')).toBe('')
    })

    test.each([
      [{}, '0 1 2 3'],
      [{ integration_category: 'ticketing' }, '0 1'],
      [{ platform_name: 'zendesk' }, '1'],
      [{ integration_status: 'error' }, '1'],
      [{ enabled: false }, '3'],
      [{ name: 'EU' }, '0 2'],
      [{ name: '100%' }, '3'],
      [{ name: '_' }, '3'],
      [{ name: '\\' }, '3'],
      [{ name: "'" }, '2'],
      [{ integration_category: 'ticketing', integration_status: 'active', enabled: true, name: 'eu' }, '0'],
    ] as const)('integrations filtered by %j', async (filters, expected) => {
      const store = await withIntegrations([
        { name: 'Jira EU' },
        { name: 'Zendesk', platform_name: 'zendesk', status: 'error' },
        { name: "Slack's eu", platform_name: 'slack', integration_category: 'messaging' },
        { name: '100%_\\', platform_name: 'hubspot', integration_category: 'crm', enabled: false },
      ])

      const { rows, total } = await store.integrations.list(here, { ...filters, sort_order: 'asc' }, all)

      expect([numbers(rows), total]).toEqual([expected, expected.split(' ').length])
    })

    test.each([
      ['created_at', 'asc', '0 2 1 3'],
      ['created_at', 'desc', '3 1 2 0'],
      ['name', 'asc', '2 0 3 1'],
      ['name', 'desc', '1 3 0 2'],
      ['last_request_at', 'asc', '1 3 0 2'],
      ['last_request_at', 'desc', '3 1 2 0'],
      ['total_requests', 'asc', '0 3 2 1'],
      ['status', 'asc', '0 3 1 2'],
      ['updated_at', 'asc', '0 1 2 3'],
    ] as const)('integrations sorted by %s %s', async (sort_by, sort_order, expected) => {
      const store = await withIntegrations([
        { created_at: '2025-09-01T00:00:00.000000Z', name: 'b', total_requests: 9, status: 'active' },
        {
          created_at: '2025-09-03T00:00:00.000000Z',
          name: 'd',
          total_requests: 100,
          status: 'error',
          last_request_at: '2025-09-01T00:00:00.000000Z',
        },
        { created_at: '2025-09-02T00:00:00.000000Z', name: 'B', total_requests: 10, status: 'pending' },
        {
          created_at: '2025-09-04T00:00:00.000000Z',
          name: 'c',
          total_requests: 9,
          status: 'active',
          last_request_at: '2025-09-02T00:00:00.000000Z',
        },
      ])

      const { rows } = await store.integrations.list(here, { sort_by, sort_order }, all)

      expect(numbers(rows)).toBe(expected)
    })

    test.each([
      [{}, '0 1 2 3'],
      [{ q: 'PAPER' }, '0 1'],
      [{ q: '%' }, '2'],
      [{ q: "'" }, '3'],
      [{ status: ['open', 'resolved'] }, '1 2'],
      [{ status: [] }, '0 1 2 3'],
      [{ category: ['bug'] }, '1'],
      [{ priority: ['high'] }, '2'],
      [{ urgency: ['low'] }, '3'],
      [{ tags: ['a'] }, '0 1'],
      [{ tags: ['a', 'b'] }, '1'],
      [{ department: 'IT' }, '0'],
      [{ created_by_id: rowId(50) }, '1'],
      [{ assigned_to_id: rowId(51) }, '2'],
      [{ integration_id: rowId(52) }, '3'],
      [{ created_after: '2025-09-02T00:00:00Z' }, '2 3'],
      [{ created_before: '2025-09-01T08:00:00' }, '0 1'],
      [{ updated_after: '2025-09-02T02:00:00+02:00' }, '2'],
      [{ updated_before: '2025-09-01T08:00:00Z' }, '0 1 3'],
      [{ resolved_after: '2025-09-01T00:00:00Z' }, '2'],
      [{ resolved_before: '2025-09-01T00:00:00Z' }, ''],
      [{ is_overdue: true }, '0'],
      [{ is_overdue: false }, '1 2 3'],
      [{ has_attachments: true }, '3'],
      [{ has_attachments: false }, '0 1 2'],
      [{ escalation_level: 1 }, '0'],
      [{ satisfaction_rating: 5 }, '2'],
      [{ source_channel: 'mail' }, '1'],
      [{ q: 'paper', tags: ['a'], status: ['open'] }, '1'],
    ] as const)('tickets filtered by %j', async (filters, expected) => {
      const day2 = '2025-09-02T00:00:00.000000Z'
      const store = await withTickets([
        { title: 'Paper', tags: ['a'], department: 'IT', sla_due_date: day2, escalation_level: 1 },
        {
          description: 'no paper',
          status: 'open',
          category: 'bug',
          tags: ['b', 'a'],
          created_by_id: rowId(50),
          source_channel: 'mail',
        },
        {
          title: '100%',
          status: 'resolved',
          priority: 'high',
          assigned_to_id: rowId(51),
          created_at: day2,
          updated_at: day2,
          resolved_at: day2,
          sla_due_date: day2,
          satisfaction_rating: 5,
        },
        {
          title: "it's",
          urgency: 'low',
          integration_id: rowId(52),
          created_at: day2,
          attachments: [{ file_id: rowId(7) }],
        },
      ])

      // Literals are readonly, the lists of a query are not.
      const query = { ...structuredClone(filters), sort_by: 'created_at', sort_order: 'asc' } as Parameters<
        Store['tickets']['list']
      >[1]
      const { rows, total } = await store.tickets.list(here, query, all)

      expect([numbers(rows), total]).toEqual([expected, expected === '' ? 0 : expected.split(' ').length])
    })

    test.each([
      ['created_at', '0 1 2 3', '3 2 1 0'],
      ['updated_at', '3 2 1 0', '0 1 2 3'],
      ['last_activity_at', '2 3 0 1', '1 0 3 2'],
      ['title', '1 0 3 2', '2 3 0 1'],
      ['priority', '1 0 3 2', '2 3 0 1'],
      ['status', '2 0 3 1', '1 3 0 2'],
      ['resolution_time_minutes', '3 1 0 2', '1 3 2 0'],
    ] as const)('tickets sorted by %s', async (sort_by, up, down) => {
      const [day1, day2, day3, day4] = [1, 2, 3, 4].map((day) => `2025-09-0${day}T00:00:00.000000Z`)
      const rows = [
        { created_at: day1, updated_at: day4, last_activity_at: day3, title: 'b', priority: 'medium', status: 'open' },
        {
          created_at: day2,
          updated_at: day3,
          last_activity_at: day4,
          title: 'a',
          priority: 'low',
          status: 'closed',
          resolved_at: day4,
        },
        { created_at: day3, updated_at: day2, last_activity_at: day1, title: 'c', priority: 'critical', status: 'new' },
        {
          created_at: day3,
          updated_at: day1,
          last_activity_at: day2,
          title: 'b',
          priority: 'high',
          status: 'in_progress',
          resolved_at: day4,
        },
      ] as Partial<TicketRow>[]
      const store = await withTickets(rows)

      const asc = await store.tickets.list(here, { sort_by, sort_order: 'asc' }, all)
      const desc = await store.tickets.list(here, { sort_by, sort_order: 'desc' }, all)

      expect([numbers(asc.rows), numbers(desc.rows)]).toEqual([up, down])
    })

    test('by default the newest come first, equal ones by descending id', async () => {
      const store = await withTickets([{}, {}, { created_at: '2025-09-01T08:00:00.001000Z' }])
      await store.integrations.insert(integrationRow({ id: rowId(4) }))
      await store.integrations.insert(integrationRow({ id: rowId(5) }))

      expect(numbers((await store.tickets.list(here, {}, all)).rows)).toBe('2 1 0')
      expect(numbers((await store.integrations.list(here, {}, all)).rows)).toBe('5 4')
    })

    test.each([
      [0, 2, '0 1'],
      [2, 2, '2 3'],
      [4, 2, '4'],
      [5, 2, ''],
      [1_000_000_000, 100, ''],
    ])('a window from %i of %i', async (offset, limit, expected) => {
      const store = await withIntegrations([{}, {}, {}, {}, {}])
      await Promise.all([0, 1, 2, 3, 4].map((n) => store.tickets.insert(ticketRow({ id: rowId(n) }))))

      const integrations = await store.integrations.list(here, { sort_order: 'asc' }, { ...all, offset, limit })
      const tickets = await store.tickets.list(here, { sort_order: 'asc' }, { ...all, offset, limit })

      expect([numbers(integrations.rows), integrations.total]).toEqual([expected, 5])
      expect([numbers(tickets.rows), tickets.total]).toEqual([expected, 5])
    })

    test('a window after a position: `next` is set while rows follow', async () => {
      const store = await withIntegrations([{}, {}, {}, {}, {}])
      await Promise.all([0, 1, 2, 3, 4].map((n) => store.tickets.insert(ticketRow({ id: rowId(n) }))))
      const key = integrationRow().created_at
      const behind = async (n: number, offset: number, limit: number) => {
        const window = { ...all, after: { key, id: rowId(n) }, offset, limit }
        const lists = [
          await store.integrations.list(here, { sort_order: 'asc' }, window),
          await store.tickets.list(here, { sort_order: 'asc' }, window),
        ]
        return lists.map(({ rows, total, next }) => [numbers(rows), total, next && numbers([next]), next?.key])
      }
      const both = (...list: unknown[]) => [list, list]

      expect(await behind(0, 0, 2)).toEqual(both('1 2', 5, '2', key))
      expect(await behind(2, 0, 2)).toEqual(both('3 4', 5, undefined, undefined))
      expect(await behind(0, 1, 2)).toEqual(both('2 3', 5, '3', key))
      expect(await behind(4, 0, 2)).toEqual(both('', 5, undefined, undefined))
      expect((await store.tickets.list(here, {}, all)).next).toBeUndefined()
    })

    test('a position needs no existing row', async () => {
      const store = await withTickets([{ title: 'a' }, { title: 'c' }, { title: 'c' }, { title: 'd' }])
      const after = { key: 'c', id: rowId(99) }
      const shown = async (sort_order: 'asc' | 'desc') =>
        numbers((await store.tickets.list(here, { sort_by: 'title', sort_order }, { ...all, after })).rows)

      expect(await shown('asc')).toBe('3')
      expect(await shown('desc')).toBe('2 1 0')
    })

    test.each([
      ['asc', ['1', '2', '0', '3']],
      ['desc', ['2', '1', '3', '0']],
    ] as const)('rows without a value have places too, the last ones, %s', async (sort_order, expected) => {
      const [early, late] = [day(1), day(2)]
      const store = await withTickets([
        { resolved_at: null, created_at: early },
        { resolved_at: early, created_at: early },
        { resolved_at: late, created_at: early },
        { resolved_at: null, created_at: early },
      ])

      const shown: string[] = []
      let after: Position | undefined
      do {
        const query = { sort_by: 'resolution_time_minutes', sort_order } as const
        const { rows, next } = await store.tickets.list(here, query, { ...all, limit: 1, after })
        shown.push(numbers(rows))
        after = next
      } while (after !== undefined)

      expect(shown).toEqual(expected)
    })

    test.each([
      ['title', 'b'],
      ['created_at', '2025-09-01T08:00:00.000000Z'],
      ['priority', 2],
      ['status', 1],
      ['resolution_time_minutes', 4],
    ] as const)('the position of a ticket sorted by %s is %j', async (sort_by, key) => {
      const store = await withTickets(
        Array.from({ length: 2 }, () => ({
          title: 'b',
          priority: 'high' as const,
          status: 'open' as const,
          resolved_at: '2025-09-01T08:04:59.000000Z',
        })),
      )

      const { next } = await store.tickets.list(here, { sort_by }, { ...all, limit: 1 })

      expect(next).toEqual({ key, id: rowId(1) })
    })

    test('listDueChecks returns due rows of all organizations, without deleted ones, earliest first', async () => {
      const time = (minute: number) => `2025-09-06T12:0${minute}:00.000000Z`
      const store = await withIntegrations([
        { checks_due_at: time(2) },
        { checks_due_at: time(1), organization_id: there },
        { checks_due_at: time(3) },
        { checks_due_at: null },
        { checks_due_at: time(1), deleted_at: time(0) },
        { checks_due_at: time(1) },
      ])

      const due = await store.integrations.listDueChecks(time(2))

      expect(due).toEqual([
        { organization_id: there, id: rowId(1) },
        { organization_id: here, id: rowId(5) },
        { organization_id: here, id: rowId(0) },
      ])
      expect(await store.integrations.listDueChecks(time(0))).toEqual([])
    })

    test('count counts tickets of one organization by value, without deleted ones, and averages known values', async () => {
      const created_at = '2025-09-06T08:00:00.000000Z'
      const store = await withTickets([
        { created_at, sla_due_date: '2025-09-06T11:59:59.999000Z', first_response_at: '2025-09-06T08:00:30.000000Z' },
        { created_at, status: 'open', category: 'bug', priority: 'high', sla_due_date: '2025-09-06T12:00:00.000000Z' },
        { created_at, status: 'resolved', sla_due_date: created_at, resolved_at: '2025-09-06T08:10:00.000000Z' },
        { created_at, status: 'closed', resolved_at: '2025-09-06T08:00:30.000000Z', satisfaction_rating: 5 },
        // A newer version may have written it.
        { created_at, status: 'parked' as TicketRow['status'], satisfaction_rating: 2, sla_due_date: created_at },
        { created_at, deleted_at: created_at, satisfaction_rating: 1 },
        { created_at, organization_id: there, satisfaction_rating: 1 },
      ])

      const { byStatus, byPriority, byCategory, ...rest } = await store.tickets.count(here, all.now)

      const present = (counts: ReadonlyMap<string, number>) =>
        Object.fromEntries([...counts].filter(([, count]) => count > 0))
      expect(rest).toEqual({
        total: 5,
        overdue: 2,
        averageMinutesToResolve: 5.25,
        averageMinutesToRespond: 0.5,
        averageSatisfaction: 3.5,
      })
      expect([byStatus, byPriority, byCategory].map(present)).toEqual([
        { new: 1, open: 1, resolved: 1, closed: 1, parked: 1 },
        { medium: 4, high: 1 },
        { general: 4, bug: 1 },
      ])
    })

    test('count without tickets has no averages', async () => {
      const store = await createStore()

      const { total, averageMinutesToResolve, averageMinutesToRespond, averageSatisfaction } =
        await store.tickets.count(here, all.now)

      expect([total, averageMinutesToResolve, averageMinutesToRespond, averageSatisfaction]).toEqual([
        0,
        null,
        null,
        null,
      ])
    })

    test('a key is claimed once, until it is released', async () => {
      const store = await createStore()
      const [one, other] = [keyRow({ fingerprint: 'one' }), keyRow({ fingerprint: 'other', expires_at: day(3) })]

      expect(await store.keys.claim(one, day(1))).toBeUndefined()
      expect(await store.keys.claim(other, day(1))).toEqual(one)
      await store.keys.release(one)
      expect(await store.keys.claim(other, day(1))).toBeUndefined()
    })

    test('of parallel claims one succeeds', async () => {
      const store = await createStore()

      const claims = await Promise.all(Array.from({ length: 20 }, () => store.keys.claim(keyRow(), day(1))))

      expect(claims.filter((row) => row === undefined)).toHaveLength(1)
    })

    test('a response is stored with its key as a copy', async () => {
      const store = await createStore()
      const reply = { a: weird }
      const row = keyRow({ response: { reply, version: 1 } })
      await store.keys.claim(keyRow(), day(1))

      await store.keys.complete(row)
      reply.a = 'changed later'

      const claimed = await store.keys.claim(keyRow({ expires_at: day(3) }), day(1))
      expect(JSON.stringify(claimed)).toBe(JSON.stringify(keyRow({ response: { reply: { a: weird }, version: 1 } })))
      Object.assign(claimed ?? {}, { key: 'changed later' })
      expect(await store.keys.claim(keyRow(), day(1))).toMatchObject({ key: 'a key' })
    })

    test('a complete record is neither released nor completed again', async () => {
      const store = await createStore()
      await store.keys.claim(keyRow(), day(1))
      await store.keys.complete(completed(1))

      await store.keys.release(keyRow())
      await store.keys.complete(completed(2))

      expect(await store.keys.claim(keyRow(), day(1))).toMatchObject({ response: { reply: 1, version: null } })
    })

    test.each([null, { reply: null, version: null }])(
      'a key of %j is free again when it expires, not before',
      async (answer) => {
        const store = await createStore()
        await store.keys.claim(keyRow(), day(1))
        if (answer !== null) await store.keys.complete(keyRow({ response: answer }))

        expect(await store.keys.claim(keyRow({ expires_at: day(3) }), '2025-09-01T23:59:59.999999Z')).toEqual(
          keyRow({ response: answer }),
        )
        expect(await store.keys.claim(keyRow({ expires_at: day(3) }), day(2))).toBeUndefined()
      },
    )

    test('a claim whose lease has ended is taken over by the same call, if it has written nothing', async () => {
      const store = await createStore()
      const [first, second] = [keyRow({ lease_until: hour(1) }), keyRow({ expires_at: day(3), lease_until: hour(2) })]
      await store.keys.claim(first, day(1))

      expect(await store.keys.claim(second, '2025-09-01T00:59:59.999999Z')).toEqual(first)
      expect(await store.keys.claim({ ...second, fingerprint: 'other' }, hour(1))).toEqual(first)
      expect(await store.keys.claim(second, hour(1))).toBeUndefined()
      expect(await store.keys.claim(first, hour(1))).toEqual(second)
    })

    test('a provisional response stays when its lease has ended, until the call completes', async () => {
      const store = await createStore()
      const provisional = keyRow({ lease_until: hour(1), response: { reply: 'unknown', version: 1 } })
      await store.keys.claim(keyRow({ lease_until: hour(1) }), day(1))
      await store.tickets.insert(ticketRow({ id: rowId(1) }), provisional)

      expect(await store.keys.claim(keyRow({ expires_at: day(3) }), hour(2))).toEqual(provisional)
      await store.keys.complete(completed('created'))
      expect(await store.keys.claim(keyRow({ expires_at: day(3) }), hour(2))).toEqual(completed('created'))
    })

    test('a row and its record are stored together', async () => {
      const store = await createStore()
      await store.keys.claim(keyRow(), day(1))
      await store.integrations.insert(integrationRow({ id: rowId(1) }), keyRow({ response: { reply: 1, version: 1 } }))
      const inserted = await store.keys.claim(keyRow({ expires_at: day(3) }), day(1))
      await store.integrations.replace(integrationRow({ id: rowId(1), version: 2, name: 'B' }), 1, completed(2))

      expect(inserted?.response?.reply).toBe(1)
      expect((await store.integrations.find(here, rowId(1)))?.name).toBe('B')
      expect(await store.keys.claim(keyRow({ expires_at: day(3) }), day(1))).toEqual(completed(2))
    })

    test('a row is not written when another call has taken over its claim', async () => {
      const store = await createStore()
      const [row, other] = [ticketRow({ id: rowId(1) }), keyRow({ expires_at: day(3) })]
      await store.tickets.insert(row)
      await store.keys.claim(other, day(1))

      await expect(store.tickets.insert(ticketRow({ id: rowId(2) }), completed(1))).rejects.toThrow('has taken over')
      await expect(store.tickets.replace({ ...row, title: 'B', version: 2 }, 1, completed(1))).rejects.toThrow(
        'has taken over',
      )

      expect((await store.tickets.list(here, {}, all)).rows).toEqual([row])
      expect(await store.keys.claim(keyRow(), day(1))).toEqual(other)
    })

    test('a record is not stored without its row', async () => {
      const store = await createStore()
      const row = integrationRow({ id: rowId(1) })
      await store.integrations.insert(row)
      await store.keys.claim(keyRow(), day(1))

      await expect(store.integrations.insert(row, completed(1))).rejects.toThrow(taken)
      expect(await store.integrations.replace({ ...row, version: 9 }, 8, completed(1))).toBe(false)

      expect(await store.keys.claim(keyRow({ expires_at: day(3) }), day(1))).toEqual(keyRow())
    })

    test('a lost claim neither completes nor releases the one that replaced it', async () => {
      const store = await createStore()
      const late = keyRow({ expires_at: day(3), fingerprint: 'late' })
      await store.keys.claim(keyRow(), day(1))
      await store.keys.claim(late, day(2))

      await store.keys.complete(keyRow({ response: { reply: 1, version: 1 } }))
      await store.keys.release(keyRow())

      expect(await store.keys.claim(keyRow(), day(2))).toEqual(late)
    })

    test('keys of two organizations, and similar keys, are distinct', async () => {
      const store = await createStore()
      const apart = [
        keyRow(),
        keyRow({ organization_id: there }),
        ...['A KEY', 'a key ', 'a', "'", '%', '', 'ü', '"]'].map((key) => keyRow({ key })),
      ]

      for (const row of apart) expect(await store.keys.claim(row, day(1))).toBeUndefined()
      for (const row of apart) expect(await store.keys.claim(keyRow({ ...row, fingerprint: 'x' }), day(1))).toEqual(row)
    })
  })
}

const hour = (n: number): string => `2025-09-01T0${n}:00:00.000000Z`

const completed = (reply: unknown): IdempotencyRecord =>
  keyRow({ lease_until: null, response: { reply, version: null } })

const day = (n: number): string => `2025-09-0${n}T00:00:00.000000Z`

const keyRow = (fields: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  organization_id: here,
  key: 'a key',
  fingerprint: 'abc',
  expires_at: day(2),
  lease_until: day(2),
  response: null,
  ...fields,
})

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)
