import { TICKET_PRIORITIES, type TICKET_SORT_KEYS, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import { parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { isOverdue, minutesSinceCreation, minutesToResolve } from '../ports/derived-fields.ts'
import type { IdempotencyRecord, Position, Rows, Store, TicketCounts, Window } from '../ports/ports.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { copyJson } from './copy-json.ts'
import { createMemoryKeys, type MemoryKeys } from './memory-keys.ts'

// Long because its short methods share the tables.
/** A store in memory. It stores and returns copies. */
export function createMemoryStore(): Store {
  const keys = createMemoryKeys()
  const integrations = createTable<IntegrationRow>(keys)
  const tickets = createTable<TicketRow>(keys)

  return {
    integrations: {
      ...integrations.methods,

      async list(organizationId, query, window) {
        const name = query.name?.toLowerCase()
        const live = integrations
          .live(organizationId)
          .filter(
            (row) =>
              same(query.integration_category, row.integration_category) &&
              same(query.platform_name, row.platform_name) &&
              same(query.integration_status, row.status) &&
              same(query.enabled, row.enabled) &&
              (name === undefined || row.name.toLowerCase().includes(name)),
          )
        const key = query.sort_by ?? 'created_at'
        return page(live, (row) => row[key], query.sort_order, window)
      },

      async findByNameOrPlatform(organizationId, name) {
        const wanted = name.trim()
        return integrations
          .all(organizationId)
          .filter((row) => row.name.trim() === wanted || row.platform_name === wanted.toLowerCase())
          .map((row) => copyJson(row))
      },

      async listDueChecks(at) {
        return integrations
          .everywhere()
          .filter((row) => row.deleted_at === null && row.checks_due_at !== null && row.checks_due_at <= at)
          .toSorted((a, b) => compare(a.checks_due_at ?? '', b.checks_due_at ?? '') || compare(a.id, b.id))
          .map(({ organization_id, id }) => ({ organization_id, id }))
      },
    },

    tickets: {
      ...tickets.methods,

      async list(organizationId, query, window) {
        const text = query.q?.toLowerCase()
        const live = tickets
          .live(organizationId)
          .filter(
            (row) =>
              (text === undefined ||
                [row.title, row.description].some((field) => field.toLowerCase().includes(text))) &&
              among(query.status, row.status) &&
              among(query.category, row.category) &&
              among(query.priority, row.priority) &&
              among(query.urgency, row.urgency) &&
              (query.tags ?? []).every((tag) => row.tags.includes(tag)) &&
              same(query.department, row.department) &&
              same(query.created_by_id, row.created_by_id) &&
              same(query.assigned_to_id, row.assigned_to_id) &&
              same(query.integration_id, row.integration_id) &&
              same(query.source_channel, row.source_channel) &&
              same(query.escalation_level, row.escalation_level) &&
              same(query.satisfaction_rating, row.satisfaction_rating) &&
              same(query.has_attachments, (row.attachments ?? []).length > 0) &&
              same(query.is_overdue, isOverdue(row, window.now)) &&
              within(row.created_at, query.created_after, query.created_before) &&
              within(row.updated_at, query.updated_after, query.updated_before) &&
              within(row.resolved_at, query.resolved_after, query.resolved_before),
          )
        return page(live, ticketSortKeys[query.sort_by ?? 'created_at'], query.sort_order, window)
      },

      count: async (organizationId, now) => countTickets(tickets.live(organizationId), now),

      async remove(organizationId, id) {
        tickets.remove(organizationId, id)
      },
    },

    keys: keys.methods,
  }
}

function countTickets(rows: readonly TicketRow[], now: Date): TicketCounts {
  return {
    total: rows.length,
    overdue: rows.filter((row) => isOverdue(row, now)).length,
    byStatus: countBy(rows, 'status'),
    byPriority: countBy(rows, 'priority'),
    byCategory: countBy(rows, 'category'),
    averageMinutesToResolve: average(rows.map((row) => minutesSinceCreation(row, row.resolved_at))),
    averageMinutesToRespond: average(rows.map((row) => minutesSinceCreation(row, row.first_response_at))),
    averageSatisfaction: average(rows.map((row) => row.satisfaction_rating)),
  }
}

function countBy(rows: readonly TicketRow[], field: 'status' | 'priority' | 'category'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { [field]: value } of rows) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function average(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

interface Row {
  readonly id: string
  readonly organization_id: string
  readonly version: number
  readonly deleted_at: string | null
}

function createTable<R extends Row>(keys: MemoryKeys) {
  const organizations = new Map<string, Map<string, R>>()
  const rowsOf = (organizationId: string): Map<string, R> => {
    const rows = organizations.get(organizationId) ?? new Map<string, R>()
    organizations.set(organizationId, rows)
    return rows
  }
  // Ids are unique over all organizations, as in a table with a primary key.
  const ids = new Set<string>()
  const all = (organizationId: string): readonly R[] => [...rowsOf(organizationId).values()]

  return {
    all,
    everywhere: () => [...organizations.keys()].flatMap(all),
    live: (organizationId: string) => all(organizationId).filter((row) => row.deleted_at === null),
    remove: (organizationId: string, id: string) => rowsOf(organizationId).delete(id) && ids.delete(id),
    methods: {
      async insert(row: R, record?: IdempotencyRecord) {
        if (ids.has(row.id)) throw new Error(`a row has the id ${row.id} already`)
        keys.store(record)
        ids.add(row.id)
        rowsOf(row.organization_id).set(row.id, copyJson(row))
      },
      find: async (organizationId: string, id: string) => copyJson(rowsOf(organizationId).get(id)),
      async replace(row: R, version: number, record?: IdempotencyRecord) {
        const rows = rowsOf(row.organization_id)
        if (rows.get(row.id)?.version !== version) return false
        keys.store(record)
        rows.set(row.id, copyJson(row))
        return true
      },
    },
  }
}

// Priorities and statuses are sorted by their position in the enum. A value that is newer than this version comes last.
const rankIn = (values: readonly string[], value: string): number =>
  values.includes(value) ? values.indexOf(value) : values.length

const ticketSortKeys: {
  readonly [Key in (typeof TICKET_SORT_KEYS)[number]]: (row: TicketRow) => Position['key']
} = {
  created_at: (row) => row.created_at,
  updated_at: (row) => row.updated_at,
  title: (row) => row.title,
  priority: (row) => rankIn(TICKET_PRIORITIES, row.priority),
  status: (row) => rankIn(TICKET_STATUSES, row.status),
  last_activity_at: (row) => row.last_activity_at,
  resolution_time_minutes: minutesToResolve,
}

const same = (wanted: unknown, value: unknown): boolean => wanted === undefined || wanted === value

const among = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted === undefined || wanted.length === 0 || wanted.includes(value)

function within(value: string | null, after: string | undefined, before: string | undefined): boolean {
  if (after === undefined && before === undefined) return true
  if (value === null) return false
  const time = Date.parse(value)
  return (
    (after === undefined || time >= parseTimestamp(after)) && (before === undefined || time <= parseTimestamp(before))
  )
}

function page<R extends Row>(
  rows: readonly R[],
  keyOf: (row: R) => Position['key'],
  order: 'asc' | 'desc' = 'desc',
  { after, offset, limit }: Window,
): Rows<R> {
  const sign = order === 'asc' ? 1 : -1
  const sorted = rows
    .map((row) => ({ row, position: { key: keyOf(row), id: row.id } }))
    .toSorted((a, b) => comparePositions(a.position, b.position, sign))
  const remaining =
    after === undefined ? sorted : sorted.filter(({ position }) => comparePositions(position, after, sign) > 0)
  const shown = remaining.slice(offset, offset + limit)

  const last = shown.at(-1)
  return {
    rows: copyJson(shown.map(({ row }) => row)),
    total: rows.length,
    ...(last !== undefined && remaining.length > offset + limit && { next: last.position }),
  }
}

function comparePositions(a: Position, b: Position, sign: 1 | -1): number {
  // Rows without a value come last in both orders.
  if (a.key === null || b.key === null)
    return Number(a.key === null) - Number(b.key === null) || sign * compare(a.id, b.id)
  return sign * (compare(a.key, b.key) || compare(a.id, b.id))
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
