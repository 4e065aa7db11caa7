// Filters of lists against each profile of the existing backend: the client returns the same rows as from the reference
// API, or refuses the filter. FILTERS_SEED decides the rows. FILTERS_PAGES=all reads every list with three page sizes, as
// `npm run test:deep -- filters` does; by default each list is read with one of them.
import { ListActiveIntegrations, ListIntegrations, ListTickets } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { type Client, createClient, isFilterNotSupportedError, type ListResult } from '@ai-ticket-creator/sdk'
import { createTestApi, type TestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSeed } from '../../../vitest.sizes.ts'
import { createSeededRandom, type SeededRandom } from '../src/seeded-random.ts'

const seed = readSeed('FILTERS_SEED', 1)
const readsAllSizes = process.env['FILTERS_PAGES'] === 'all'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const people = [DEFAULT_USER, { ...DEFAULT_USER, id: id(2), email: 'lead@example.test', token: 'other-token' }] as const
const august = (n: number): string => `2025-08-${String(n).padStart(2, '0')}T00:00:00Z`

type Outcome = 'rows' | 'refused'
/** By profile: existing-legacy, existing-refactored, existing-latest. */
type Outcomes = readonly [Outcome, Outcome, Outcome]
const ROWS: Outcomes = ['rows', 'rows', 'rows']
// The first two profiles do not return the field in lists.
const NOT_IN_LISTS: Outcomes = ['refused', 'refused', 'rows']
const REFUSED: Outcomes = ['refused', 'refused', 'refused']

// Untyped, as a JavaScript caller writes them.
type Filters = Readonly<Record<string, unknown>>

// biome-ignore format: one row per filter
const integrationFilters: readonly (readonly [Filters, Outcomes])[] = [
  [{},                                                             ROWS],
  [{ integration_category: 'ticketing' },                          ROWS],
  [{ platform_name: 'jira' },                                      ROWS],
  [{ platform_name: 'jira', integration_category: 'ticketing' },   ROWS],
  [{ integration_status: 'active' },                               ROWS],
  [{ integration_status: 'error', platform_name: 'slack' },        ROWS],
  [{ enabled: true },                                              ROWS],
  [{ enabled: false },                                             ROWS],
  [{ enabled: false, integration_category: 'crm' },                ROWS],
  [{ name: 'PROD' },                                               ROWS],
  [{ name: 'prod_' },                                              ROWS],
  [{ name: '50%' },                                                ROWS],
  [{ name: '%' },                                                  ROWS],
  [{ name: 'eu\\' },                                               ROWS],
  [{ name: '\\' },                                                 ROWS],
  [{ sort_by: 'name', sort_order: 'asc', enabled: true },          ROWS],
  [{ sort_by: 'total_requests', integration_category: 'messaging' }, ROWS],
]

// biome-ignore format: one row per filter
const ticketFilters: readonly (readonly [Filters, Outcomes])[] = [
  [{},                                                             ROWS],
  [{ q: 'printer' },                                               ROWS],
  [{ department: 'IT' },                                           ROWS],
  [{ created_by_id: id(2) },                                       ROWS],
  [{ assigned_to_id: id(7) },                                      ROWS],
  [{ created_after: august(10), created_before: august(20) },            ROWS],
  [{ is_overdue: true },                                           ROWS],
  // Every row has `is_overdue: false`, even that of an overdue ticket.
  [{ is_overdue: false },                                          REFUSED],
  [{ status: ['open'] },                                           ROWS],
  [{ status: ['new', 'closed'], q: 'printer' },                    ROWS],
  [{ status: ['cancelled'] },                                      ROWS],
  [{ category: ['bug', 'general'] },                               ROWS],
  [{ priority: ['high', 'critical'], sort_by: 'priority' },        ROWS],
  [{ urgency: ['low'] },                                           ROWS],
  [{ tags: ['urgent'] },                                           REFUSED],
  // No reply shows the integration of a ticket without a result.
  [{ integration_id: id(901) },                                    REFUSED],
  [{ has_attachments: true },                                      ROWS],
  [{ has_attachments: false },                                     ROWS],
  [{ escalation_level: 2 },                                        ROWS],
  [{ satisfaction_rating: 5 },                                     NOT_IN_LISTS],
  [{ source_channel: 'web' },                                      ROWS],
  [{ updated_after: august(15) },                                     ROWS],
  [{ updated_before: august(15) },                                    ROWS],
  [{ resolved_after: august(15) },                                    NOT_IN_LISTS],
  [{ resolved_before: august(15) },                                   NOT_IN_LISTS],
  [{ status: ['open'], sort_by: 'title', sort_order: 'asc' },      ROWS],
]

// biome-ignore format: one row per filter
const activeFilters: readonly (readonly [Filters, Outcomes])[] = [
  [{},                                                             ROWS],
  [{ integration_category: 'ticketing' },                          ROWS],
  [{ platform_name: 'slack' },                                     ROWS],
  [{ supports_category: 'bug' },                                   ROWS],
  [{ supports_category: 'bug', platform_name: 'jira' },            ROWS],
]

const profiles = [
  { profile: 'existing-legacy', generation: 'legacy', column: 0 },
  { profile: 'existing-refactored', generation: 'current', column: 1 },
  { profile: 'existing-latest', generation: 'current', column: 2 },
] as const

const counts = { equal: 0, refused: 0 }
let api: TestApi
let reference: Client

beforeAll(async () => {
  api = createTestApi({ users: people })
  reference = clientOf('current')
  await fill(createSeededRandom(seed))
})

afterAll(() => {
  const tried = `${counts.equal} lists as from the reference, ${counts.refused} refused`
  console.log(`filters on the profiles, seed ${seed}: ${tried}`)
})

describe.each(profiles)('a $generation client of $profile', ({ profile, generation, column }) => {
  test.each(integrationFilters)('lists integrations by %j', async (filters, outcomes) => {
    const expected = await fromReference((client) => client.integrations.list({ ...filters, limit: 100 }))

    api.switchProfile(profile)
    const lists = sizesFor(filters, [4, 10, 100]).map(
      (limit) => () => clientOf(generation).integrations.list({ ...filters, limit }),
    )

    for (const list of lists) expect(await outcomeOf(list)).toEqual({ [outcomes[column]]: expected })
  })

  test.each(ticketFilters)('lists tickets by %j', async (filters, outcomes) => {
    const all = await fromReference((client) => client.tickets.list({ ...filters, size: 100 }))
    const expected = outcomes[column] === 'rows' ? all : Object.keys(filters)[0]

    api.switchProfile(profile)
    const lists = sizesFor(filters, [13, 50, 100]).map(
      (size) => () => clientOf(generation).tickets.list({ ...filters, size }),
    )

    for (const list of lists) expect(await outcomeOf(list)).toEqual({ [outcomes[column]]: expected })
  })

  test.each(activeFilters)('lists active integrations by %j', async (filters) => {
    api.switchProfile(undefined)
    // The reference has no disabled integration that is active.
    const off = await fromReference((client) => client.integrations.list({ enabled: false }))
    const expected = (await reference.integrations.listActive(filters)).filter((row) => !off.includes(row.id))

    api.switchProfile(profile)
    const found = await clientOf(generation).integrations.listActive(filters)

    expect(expected.length).toBeGreaterThan(0)
    // A legacy backend does not show that an active integration is disabled.
    const enabled = generation === 'legacy' ? found.filter((row) => !off.includes(row.id)) : found
    expect(enabled).toEqual(expected)
    counts.equal += 1
  })

  test('a later page has the rows of that page', async () => {
    const filters = { status: ['open' as const], sort_by: 'title' as const }
    const expected = await fromReference((client) => client.tickets.list({ ...filters, size: 5 }))

    api.switchProfile(profile)
    const page = await clientOf(generation).tickets.list({ ...filters, size: 5, page: 3 })

    expect(page.items.map((row) => row.id)).toEqual(expected.slice(10, 15))
  })

  test('`offset` skips matching rows', async () => {
    const filters = { name: 'prod_', sort_by: 'name' as const }
    const expected = await fromReference((client) => client.integrations.list(filters))

    api.switchProfile(profile)
    const page = await clientOf(generation).integrations.list({ ...filters, limit: 2, offset: 3 })

    expect(page.items.map((row) => row.id)).toEqual(expected.slice(3, 5))
  })

  test('a list that would scan too many rows is refused', async () => {
    api.switchProfile(profile)
    const list = clientOf(generation).tickets.list({ status: ['open'], size: 100 }, { scanLimit: 40 })

    const error = await list.then(
      () => undefined,
      (failure: unknown) => failure,
    )

    expect(isFilterNotSupportedError(error) && [error.filter, error.reason]).toEqual(['status', 'scan_limit'])
  })

  test('a sort key that the existing backend fails on is refused before a request is sent', async () => {
    api.switchProfile(profile)
    const before = api.requests.length

    // TypeScript would not allow it.
    const bySuccess = { sort_by: 'success_rate' } as object
    const error = await clientOf(generation)
      .integrations.list(bySuccess)
      .then(
        () => undefined,
        (failure: unknown) => failure,
      )

    expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['query', 'sort_by'] }] })
    expect(api.requests).toHaveLength(before)
  })
})

test('every filter of the contract is in the tables', () => {
  const tried = (table: readonly (readonly [Filters, Outcomes])[]) =>
    new Set(table.flatMap(([filters]) => Object.keys(filters)))
  const untried = (fields: readonly string[], table: readonly (readonly [Filters, Outcomes])[]) =>
    fields.filter((field) => !tried(table).has(field))

  expect(untried(fieldsOf(ListIntegrations), integrationFilters)).toEqual(['offset', 'limit', 'cursor'])
  expect(untried(fieldsOf(ListTickets), ticketFilters)).toEqual(['page', 'size', 'cursor'])
  expect(untried(fieldsOf(ListActiveIntegrations), activeFilters)).toEqual([])
})

/** One of the page sizes, which depends on the filters, or all of them. */
const sizesFor = (filters: Filters, sizes: readonly number[]): readonly number[] =>
  readsAllSizes ? sizes : [sizes[JSON.stringify(filters).length % sizes.length] ?? 100]

/** The outcome of a list: all ids, or the refused filter. */
async function outcomeOf(list: () => List) {
  try {
    const rows = await walk(list())
    counts.equal += 1
    return { rows }
  } catch (error) {
    if (!isFilterNotSupportedError(error)) throw error
    counts.refused += 1
    return { refused: error.filter }
  }
}

type List = ListResult<{ readonly id: string }>

/** All ids, page by page. Checks the sizes and totals of the pages. */
async function walk(list: List): Promise<string[]> {
  const pages = [await list]
  for (let page = pages[0]; page?.hasNext === true; ) {
    page = await page.next()
    pages.push(page)
  }

  const ids = pages.flatMap(({ items }) => items.map((row) => row.id))
  const [first] = pages
  const size = first?.items.length
  // A list of integrations does not mark its last page: an empty one may follow.
  expect(pages.slice(0, -1).every(({ items }) => items.length === size)).toBe(true)
  expect(pages.at(-1)?.items.length).toBeLessThanOrEqual(size ?? 0)
  for (const { total } of pages) expect([undefined, ids.length]).toContain(total)
  return ids
}

async function fromReference(list: (client: Client) => List): Promise<string[]> {
  api.switchProfile(undefined)
  return walk(list(reference))
}

const clientOf = (generation: 'legacy' | 'current'): Client =>
  createClient({ baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, generation, retry: false })

async function fill({ number, pick }: SeededRandom): Promise<void> {
  await api.seed.integration({ id: id(899), name: 'Bugs', platform_name: 'jira', supports_categories: ['bug'] })
  await api.seed.integration({ id: id(900), name: 'Chat', platform_name: 'slack' })
  for (let n = 1; n <= 40; n += 1)
    await api.seed.integration({
      id: id(900 + n),
      name: pick(['prod_jira', 'prodXjira', 'PROD', '50% off', '500', 'eu\\west', 'eu/west', 'Support']) + n,
      created_at: august((n % 28) + 1),
      platform_name: pick(['jira', 'zendesk', 'slack', 'hubspot']),
      status: pick(['active', 'active', 'inactive', 'pending', 'error', 'expired', 'suspended']),
      enabled: number() < 0.6,
      total_requests: n % 9,
      supports_categories: pick([null, [], ['bug'], ['general']]),
    })

  for (let n = 1; n <= 130; n += 1) {
    const filed = number() < 0.3 ? id(900 + pick([1, 2])) : null
    await api.seed.ticket({
      id: id(n),
      title: pick(['The printer burns', 'A chair', 'No light']),
      created_at: august((n % 28) + 1),
      updated_at: august((n % 28) + 2),
      created_by_id: pick(people).id,
      assigned_to_id: pick([null, id(7)]),
      department: pick([null, 'IT', 'HR']),
      status: pick(['new', 'open', 'open', 'closed', 'resolved']),
      category: pick(['bug', 'general', 'billing']),
      priority: pick(['low', 'medium', 'high', 'critical']),
      urgency: pick(['low', 'medium', 'high']),
      tags: pick([[], ['urgent'], ['urgent', 'vip']]),
      integration_id: filed,
      integration_result: filed === null ? null : { success: true, integration_id: filed },
      attachments: pick([null, [], [{ file_id: id(800) }]]),
      escalation_level: pick([0, 1, 2]),
      satisfaction_rating: pick([null, 3, 5]),
      source_channel: pick(['web', 'email']),
      sla_due_date: pick([null, august(3), '2025-12-01T00:00:00Z']),
      resolved_at: pick([null, august(5), august(25)]),
    })
  }
}
