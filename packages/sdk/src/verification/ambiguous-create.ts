import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { runCall } from '../core/run-call.ts'
import { isApiError, isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { OutcomeUnknownError, type RecoveryCandidate } from '../errors/outcome-unknown-error.ts'
import { CREATES, type CreateId } from './create-endpoints.ts'

type Row = Ticket | RecoveryCandidate

/** What is to be created, and the way to ask for what there is. */
interface Creation {
  readonly endpointId: CreateId
  readonly body: JsonObject
  readonly request: <T>(
    call: CallContext,
    endpointId: EndpointId,
    given: { readonly query?: JsonObject; readonly params?: Readonly<Record<string, string>> },
  ) => Promise<WithResponse<T>>
}

/**
 * Sends a create: what nobody knows the end of is an error of its own.
 *
 * @throws OutcomeUnknownError
 */
export async function sendCreate<T>(
  call: CallContext,
  creation: Creation,
  send: () => Promise<WithResponse<T>>,
): Promise<WithResponse<T>> {
  call.lost = (cause) => lostAnswer(call, creation, cause)
  try {
    const created = await send()
    refuseUnknown(call, creation, created)
    return created
  } catch (error) {
    const isOurs = isConnectionError(error) || isTimeoutError(error) || isApiError(error)
    throw call.unsure && isOurs ? call.lost(error) : error
  } finally {
    call.lost = undefined
  }
}

function lostAnswer(call: CallContext, creation: Creation, cause: unknown): OutcomeUnknownError {
  // Of our own classes: its message is safe.
  const { message } = cause as Error
  return new OutcomeUnknownError(
    `${message}; whether it was created is not known: \`resolve()\` looks for what there is`,
    {
      endpoint: creation.endpointId,
      attempts: call.attempts,
      cause,
      find: (signal) => findAlike(call, creation, signal),
    },
  )
}

// The vendor's answer was lost, and the service says so.
function refuseUnknown(
  call: CallContext,
  { endpointId, request }: Creation,
  { data, response }: WithResponse<unknown>,
): void {
  const ticket = ticketIn(endpointId, data)
  if (ticket?.integration_result?.outcome !== 'unknown') return

  const message = 'the ticket was created, but whether it reached its platform is not known: `ticket` is what there is'
  throw new OutcomeUnknownError(message, {
    endpoint: endpointId,
    attempts: call.attempts,
    requestId: response.requestId,
    ticket,
    find: (signal) =>
      look(call, signal, async (own) => {
        const { data: found } = await request<Ticket>(own, 'tickets.retrieve', { params: { ticket_id: ticket.id } })
        return [found]
      }),
  })
}

// Replies are read openly: the fields may be of other kinds than the type says.
const ticketIn = (endpointId: EndpointId, data: unknown): Ticket | undefined =>
  entitiesIn(endpointId, data)?.[0] as unknown as Ticket | undefined

// Looking has limits of its own: those of the call are over.
const look = (
  { settings, options: { headers } }: CallContext,
  signal: AbortSignal | undefined,
  work: (own: CallContext) => Promise<readonly Row[]>,
): Promise<readonly Row[]> => runCall(settings, { signal, headers }, work)

const PAGE = 100

const findAlike = (call: CallContext, { endpointId, body, request }: Creation, signal: AbortSignal | undefined) =>
  look(call, signal, async (own) => {
    const { list, by, pages } = CREATES[endpointId]
    // A row that moves to another page while they are read must not count twice.
    const alike = new Map<string, Row>()
    for (let page = 1; page <= pages; page += 1) {
      const part = list === 'tickets.list' ? { page, size: PAGE } : { offset: (page - 1) * PAGE, limit: PAGE }
      const query = { sort_by: 'created_at', sort_order: 'desc', ...part }
      const { data } = await request<Row[] | { items: Row[] }>(own, list, { query })
      const rows = Array.isArray(data) ? data : data.items
      for (const row of rows) if (by.every((field) => agrees(fieldsOf(row)[field], body[field]))) alike.set(row.id, row)
      if (rows.length < PAGE) break
    }
    return [...alike.values()]
  })

const fieldsOf = (row: Row): JsonObject => ({ ...row })

// What was not sent may be anything, what is not shown as well; servers trim.
const agrees = (shown: unknown, sent: unknown): boolean =>
  sent === undefined || shown === undefined || trimmed(shown) === trimmed(sent)

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value)
