import { minutesToResolve } from '../ports/derived-fields.ts'
import type { Position, Rows, Store, Window } from '../ports/ports.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'

/**
 * A call whose store sorts rows by their key alone. The order of rows with equal keys depends on the page, as it may in a
 * database. A list by `created_at` is not affected: in the existing backend, equal times practically never occur.
 */
export function withUnstableOrder<Call extends { readonly store: Store }>(
  call: Call,
  table: 'integrations' | 'tickets',
): Call {
  const { integrations, tickets } = call.store
  const store: Store = {
    ...call.store,
    integrations: {
      ...integrations,
      list: (organizationId, query, window) =>
        pageOf(window, query.sort_by, integrationKeys(query.sort_by), (all) =>
          integrations.list(organizationId, query, all),
        ),
    },
    tickets: {
      ...tickets,
      list: (organizationId, query, window) =>
        pageOf(window, query.sort_by, ticketKeys(query.sort_by), (all) => tickets.list(organizationId, query, all)),
    },
  }
  return { ...call, store: { ...call.store, [table]: store[table] } }
}

type KeyOf<Row> = (row: Row) => Position['key']
type SortBy<Table extends 'integrations' | 'tickets'> = Parameters<Store[Table]['list']>[1]['sort_by']

const integrationKeys =
  (sortBy: SortBy<'integrations'> = 'created_at'): KeyOf<IntegrationRow> =>
  (row) =>
    row[sortBy]

const ticketKeys = (sortBy: SortBy<'tickets'> = 'created_at'): KeyOf<TicketRow> =>
  sortBy === 'resolution_time_minutes' ? minutesToResolve : (row) => row[sortBy]

async function pageOf<Row extends { readonly id: string }>(
  window: Window,
  sortBy: string | undefined,
  keyOf: KeyOf<Row>,
  list: (everything: Window) => Promise<Rows<Row>>,
): Promise<Rows<Row>> {
  if (sortBy === undefined || sortBy === 'created_at') return list(window)

  const { rows, total } = await list({ offset: 0, limit: Number.MAX_SAFE_INTEGER, now: window.now })
  const page = shuffleTies(rows, keyOf, window.offset).slice(window.offset, window.offset + window.limit)
  const last = page.at(-1)
  return {
    rows: page,
    total,
    ...(last !== undefined && window.offset + window.limit < total && { next: { key: keyOf(last), id: last.id } }),
  }
}

function shuffleTies<Row extends { readonly id: string }>(
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  offset: number,
): readonly Row[] {
  const groups = Map.groupBy(rows, keyOf)
  return [...groups.values()].flatMap((ties) => rotate(ties, offset))
}

/** Each page gets another order. The first page keeps the stored order. */
const rotate = <Row>(ties: readonly Row[], offset: number): readonly Row[] => {
  const start = (offset * 7) % ties.length
  return [...ties.slice(start), ...ties.slice(0, start)]
}
