import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import { readPages } from '../core/read-pages.ts'
import type { WithResponse } from '../core/result.ts'
import { runCall } from '../core/run-call.ts'
import type { RecoveryCandidate } from '../errors/outcome-unknown-error.ts'
import { CREATES, type CreateId } from './create-endpoints.ts'

type Row = Ticket | RecoveryCandidate

/** How a read is sent; passed in, because the way of a request is above this folder. */
export type RequestFunction = <T>(
  call: CallContext,
  endpointId: EndpointId,
  input: { readonly query?: JsonObject; readonly params?: Readonly<Record<string, string>> },
) => Promise<WithResponse<T>>

interface Creation {
  readonly endpointId: CreateId
  readonly body: JsonObject
  readonly request: RequestFunction
}

const PAGE_SIZE = 100

/** The newest rows that look like the one that was to be created. */
export const findCreated = (
  call: CallContext,
  { endpointId, body, request }: Creation,
  signal: AbortSignal | undefined,
): Promise<readonly Row[]> =>
  searchOnItsOwn(call, signal, async (search) => {
    const { list, by, pages } = CREATES[endpointId]
    const readPage = async (firstRow: number) => {
      const page = firstRow / PAGE_SIZE + 1
      const paging = list === 'tickets.list' ? { page, size: PAGE_SIZE } : { offset: firstRow, limit: PAGE_SIZE }
      const query = { sort_by: 'created_at', sort_order: 'desc', ...paging }
      const { data } = await request<Row[] | { items: Row[] }>(search, list, { query })
      const rows = Array.isArray(data) ? data : data.items
      return { rows, hasMore: rows.length >= PAGE_SIZE && page < pages }
    }

    // By id: a row that moves to another page while they are read must not count twice.
    const alike = new Map<string, Row>()
    await readPages(PAGE_SIZE, readPage, ({ rows }) => {
      for (const row of rows)
        if (by.every((field) => mayAgree(fieldsOf(row)[field], body[field]))) alike.set(row.id, row)
    })
    return [...alike.values()]
  })

/** The ticket as it is now. */
export const rereadTicket = (
  call: CallContext,
  request: RequestFunction,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly Ticket[]> =>
  searchOnItsOwn(call, signal, async (search) => {
    const { data } = await request<Ticket>(search, 'tickets.retrieve', { params: { ticket_id: id } })
    return [data]
  })

// A call of its own: the time limits of the original one have passed.
const searchOnItsOwn = <T>(
  { settings, options: { headers } }: CallContext,
  signal: AbortSignal | undefined,
  search: (call: CallContext) => Promise<T>,
): Promise<T> => runCall(settings, { signal, headers }, search)

const fieldsOf = (row: Row): JsonObject => ({ ...row })

// A field that was not sent, or is not shown, may have any value. Backends trim texts.
const mayAgree = (shown: unknown, sent: unknown): boolean =>
  sent === undefined || shown === undefined || trimmed(shown) === trimmed(sent)

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value)
