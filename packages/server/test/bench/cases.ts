import type { ListIntegrations } from '@ai-ticket-creator/domain'
import { integrationId, isLive, organizationId, organizationOf } from './fill.ts'
import { PLACEHOLDERS, placeholderRow, recordStatements, type Statement } from './recorded-statements.ts'
import { INTEGRATIONS, ORGANIZATIONS } from './settings.ts'

/** What is done on both schemas. `number` is that of an integration, or of its organization. */
export interface Case {
  readonly name: string
  /** The largest ratio that is accepted. */
  readonly limit: number
  readonly existing: (number: number) => readonly Statement[]
  /** What the existing backend leaves out of `existing`: its list replies without a total. */
  readonly count?: (number: number) => readonly Statement[]
  readonly migrated: (number: number) => readonly Statement[]
}

const LIMIT = 20
const ROWS_OF_ORGANIZATION = INTEGRATIONS / ORGANIZATIONS
const OFFSET = Math.floor(ROWS_OF_ORGANIZATION / 2)

/**
 * `columns` are those of the existing table. The existing backend selects all of them and pages by offset. The server selects
 * what it shows, pages by a cursor, and counts.
 */
export async function createCases(migratedUrl: string, columns: readonly string[]): Promise<readonly Case[]> {
  const selection = columns.map((column) => `"${column}"`).join(', ')
  const list = async (name: string, condition: string, query: ListIntegrations): Promise<Case> => {
    const migrated = await recordStatements(migratedUrl, (store) =>
      store.integrations.list(PLACEHOLDERS.organizationId, query, firstPage),
    )
    return {
      name,
      limit: 1,
      existing: (number) => [existingPage(selection, condition, number, 0)],
      count: (number) => [existingCount(condition, number)],
      migrated: (number) => migrated({ organizationId: organizationId(organizationOf(number)) }),
    }
  }
  return [
    await list('list', '', {}),
    await list('list of a platform', "and integration_type = 'jira'", {
      integration_category: 'ticketing',
      platform_name: 'jira',
    }),
    await list('list of disabled ones', 'and is_enabled = false', { enabled: false }),
    await list('list by status', "and status = 'error'", { integration_status: 'error' }),
    await middlePage(migratedUrl, selection),
    await retrieve(migratedUrl, selection),
    await create(migratedUrl, columns),
  ]
}

const firstPage = { offset: 0, limit: LIMIT, now: new Date(0) }

const existingPage = (selection: string, condition: string, number: number, offset: number): Statement => ({
  text: `select ${selection} from integrations where organization_id = $1 and is_deleted = false ${condition} order by created_at desc limit $2 offset $3`,
  values: [organizationId(organizationOf(number)), LIMIT, offset],
})

const existingCount = (condition: string, number: number): Statement => ({
  text: `select count(*) from integrations where organization_id = $1 and is_deleted = false ${condition}`,
  values: [organizationId(organizationOf(number))],
})

/** A page in the middle: by offset, and after the row before it. */
async function middlePage(url: string, selection: string): Promise<Case> {
  const after = { key: PLACEHOLDERS.time, id: PLACEHOLDERS.id }
  const migrated = await recordStatements(url, (store) =>
    store.integrations.list(PLACEHOLDERS.organizationId, {}, { ...firstPage, after }),
  )
  return {
    name: `list, page at row ${OFFSET}`,
    limit: 1,
    existing: (number) => [existingPage(selection, '', number, OFFSET)],
    count: (number) => [existingCount('', number)],
    migrated(number) {
      const before = rowBefore(organizationOf(number))
      return migrated({
        organizationId: organizationId(organizationOf(number)),
        id: integrationId(before),
        time: new Date(Date.parse('2025-01-01T00:00:00Z') + before * 10_000).toISOString(),
      })
    },
  }
}

/** The number of the live integration with `OFFSET` newer ones, less one, in its organization. */
function rowBefore(organization: number): number {
  const numbers = Array.from({ length: ROWS_OF_ORGANIZATION }, (_, k) => organization + k * ORGANIZATIONS)
  const live = numbers.filter(isLive)
  return live.toReversed()[OFFSET - 1] ?? 0
}

async function retrieve(url: string, selection: string): Promise<Case> {
  const migrated = await recordStatements(url, (store) =>
    store.integrations.find(PLACEHOLDERS.organizationId, PLACEHOLDERS.id),
  )
  return {
    name: 'retrieve',
    limit: 1.02,
    existing: (number) => [
      {
        text: `select ${selection} from integrations where id = $1 and organization_id = $2 and is_deleted = false`,
        values: [integrationId(number), organizationId(organizationOf(number))],
      },
    ],
    migrated: (number) =>
      migrated({ organizationId: organizationId(organizationOf(number)), id: integrationId(number) }),
  }
}

async function create(url: string, columns: readonly string[]): Promise<Case> {
  const recorded = await recordStatements(url, (store) => store.integrations.insert(placeholderRow()))
  const placeholders = columns.map((_, index) => `$${index + 1}`).join(', ')
  const text = `insert into integrations (${columns.map((column) => `"${column}"`).join(', ')}) values (${placeholders})`
  return {
    name: 'create',
    limit: 1.02,
    existing: (number) => [{ text, values: columns.map((column) => newValueOf(column, number)) }],
    migrated: (number) =>
      recorded({
        id: crypto.randomUUID(),
        organizationId: organizationId(organizationOf(number)),
        time: new Date().toISOString(),
      }),
  }
}

// Columns of the existing backend that the server does not read, or that have another value there.
const SAME = new Map<string, unknown>(
  Object.entries({
    connection_test_count: 0,
    monitoring_enabled: true,
    alert_on_failure: true,
    is_deleted: false,
    integration_type: 'jira',
    is_enabled: true,
    status: 'active',
  }),
)

function newValueOf(column: string, number: number): unknown {
  if (column === 'id') return crypto.randomUUID()
  if (column === 'organization_id') return organizationId(organizationOf(number))
  if (column === 'created_at' || column === 'updated_at') return new Date().toISOString()
  const row: Readonly<Record<string, unknown>> = { ...placeholderRow() }
  return SAME.get(column) ?? row[column] ?? null
}
