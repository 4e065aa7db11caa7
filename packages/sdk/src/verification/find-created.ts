import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import { tieKeyOf } from '../core/capabilities.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { RowSource, RowWindow } from '../core/row-source.ts'
import { runCall } from '../core/run-call.ts'
import { walkRows } from '../core/walk-rows.ts'
import type { RecoveryCandidate } from '../errors/outcome-unknown-error.ts'
import { read } from '../transport/read.ts'
import { CREATE_ENDPOINTS, type CreateId } from './create-endpoints.ts'

type Row = Ticket | RecoveryCandidate

interface Creation {
  readonly endpointId: CreateId
  readonly body: JsonObject
}

const PAGE_SIZE = 100

/** The newest rows that may be the one that the call created. */
export const findCreated = (
  call: CallContext,
  { endpointId, body }: Creation,
  signal: AbortSignal | undefined,
): Promise<readonly Row[]> =>
  searchInOwnCall(call, signal, async (search) => {
    const { by, pages } = CREATE_ENDPOINTS[endpointId]
    // By id: a row that moves to another page during the read must not count twice.
    const alike = new Map<string, Row>()
    await walkRows(newestRows(search, endpointId), { index: 0 }, ({ row, index }) => {
      if (by.every((field) => mayAgree(fieldsOf(row)[field], body[field]))) alike.set(row.id, row)
      return index + 1 < pages * PAGE_SIZE
    })
    return [...alike.values()]
  })

function newestRows(
  call: CallContext,
  endpointId: CreateId,
): RowSource<Row, RowWindow<Row> & { readonly response: ResponseMetadata }> {
  const { list } = CREATE_ENDPOINTS[endpointId]
  const isPaged = list === 'tickets.list'
  return {
    isPaged,
    isDescending: true,
    async read(firstRow, size) {
      const paging = isPaged ? { page: firstRow / size + 1, size } : { offset: firstRow, limit: size }
      const query = { sort_by: 'created_at', sort_order: 'desc', ...paging }
      const { data, response } = await read<Row[] | { items: Row[] }>(call, list, { query })
      const rows = Array.isArray(data) ? data : data.items
      return { firstRow, rows, hasMore: rows.length >= size, response }
    },
    toEndlessError: () => new TypeError('the list does not end'),
    keyOf: (row, { response }) => tieKeyOf(row, response),
  }
}

/** Reads the ticket again. */
export const rereadTicket = (
  call: CallContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly Ticket[]> =>
  searchInOwnCall(call, signal, async (search) => {
    const { data } = await read<Ticket>(search, 'tickets.retrieve', { params: { ticket_id: id } })
    return [data]
  })

// A separate call: the time limits of the original one have passed.
const searchInOwnCall = <T>(
  call: CallContext,
  signal: AbortSignal | undefined,
  search: (call: CallContext) => Promise<T>,
): Promise<T> => runCall(call, { signal, headers: call.options.headers }, search)

const fieldsOf = (row: Row): JsonObject => ({ ...row })

// A field that was not sent, or is not shown, may have any value. Backends trim texts.
const mayAgree = (shown: unknown, sent: unknown): boolean =>
  sent === undefined || shown === undefined || trimmed(shown) === trimmed(sent)

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value)
