import type {
  Attachment,
  JsonObject,
  Ticket,
  TicketStats,
  TicketStatus,
  TicketWithAnalysis,
} from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/context.ts'
import type { RequestOptions } from '../../core/options.ts'
import type { ReplaceResult, Result, WithResponse } from '../../core/result.ts'
import type { Settings } from '../../core/settings.ts'
import { isIntegrationUnusableError } from '../../errors/guards.ts'
import { resolveWriteGeneration } from '../../negotiation/choose-generation.ts'
import { createCaller } from '../../negotiation/create-caller.ts'
import { type ListOptions, type ListResult, toList } from '../../pagination/page.ts'
import { request } from '../../request.ts'
import type { MethodsOf } from '../contract-methods.ts'
import type { Lookup } from '../integrations/name-lookup.ts'
import { withResolvedIntegration } from '../integrations/resolve-reference.ts'
import { createInputParser, type ParsedInput, parseFilters, parseInput } from '../parse-input.ts'
import type {
  ClientConfig,
  CreateTicket,
  CreateTicketWithAi,
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacyUpdateTicket,
  ListTickets,
  ReplaceTicket,
  TicketOf,
  TicketWithAnalysisOf,
  UpdateTicket,
} from '../types.ts'
import { replaceTicket, updateTicket } from './update.ts'
import { write } from './write.ts'

/**
 * The tickets of the caller's organization.
 *
 * Every method can fail with an `ApiError`, a `ConnectionError`, a `TimeoutError` or a `ResponseMismatchError`; what it
 * throws besides is said with it.
 */
export interface Tickets<C extends ClientConfig = ClientConfig> {
  /**
   * Creates a ticket and, with `integration_id`, files it on the integration's platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws IntegrationNotFoundError, IntegrationUnusableError
   * @throws AmbiguousIntegrationError when a legacy backend is asked, which knows names only, and several have it.
   * @throws OutcomeUnknownError when nobody knows whether it was created, or filed.
   */
  create(input: CreateTicket, options?: RequestOptions): Result<TicketOf<C>>
  /**
   * By the name of the integration: it is looked up, and has to be the only one.
   *
   * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
   */
  create(input: LegacyCreateTicket, options?: RequestOptions): Result<TicketOf<C>>

  /**
   * Has a ticket drafted from a user's words, and files it like `create`. The ticket is in the result with the reading
   * it came from.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws IntegrationNotFoundError, IntegrationUnusableError
   * @throws AmbiguousIntegrationError, OutcomeUnknownError as `create` does.
   */
  createWithAi(input: CreateTicketWithAi, options?: RequestOptions): Result<TicketWithAnalysisOf<C>>
  /**
   * By the name of the integration: it is looked up, and has to be the only one.
   *
   * @deprecated `integration_name` is now `integration_id`.
   */
  createWithAi(input: LegacyCreateTicketWithAi, options?: RequestOptions): Result<TicketWithAnalysisOf<C>>

  /** One ticket. */
  retrieve(id: string, options?: RequestOptions): Result<TicketOf<C>>

  /**
   * Tickets, newest first unless sorted otherwise; 20 a page unless `size` says otherwise.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   * @throws IntegrationNotFoundError, AmbiguousIntegrationError when it is to be filtered by a name.
   */
  list(filters?: ListTickets, options?: ListOptions): ListResult<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`. */
  list(filters: LegacyListTickets, options?: ListOptions): ListResult<TicketOf<C>>

  /**
   * Changes some fields: absent ones are left alone, `null` clears. A retrieved ticket can be sent back.
   *
   * What the backend's PATCH can not say (`null`, `urgency`, `integration_id`, long texts) is written by reading,
   * merging and writing the whole. That is atomic where the backend announces `if-match`; elsewhere what others write
   * in between is lost. When it takes two requests and the second fails, the error has `applied`: what is written.
   *
   * @throws InvalidRequestError before anything is written, also for what a legacy backend can not say.
   * @throws SilentDropError when the backend accepts a `null` and does not clear the field.
   * @throws ResponseMismatchError when the ticket is not shown with all that the write would clear.
   * @throws IntegrationNotFoundError, IntegrationUnusableError, AmbiguousIntegrationError as `create` does.
   */
  update(id: string, changes: UpdateTicket, options?: RequestOptions): Result<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`, `reason` is `assignment_reason`. */
  update(id: string, changes: LegacyUpdateTicket, options?: RequestOptions): Result<TicketOf<C>>

  /**
   * Writes a ticket as it is given. Some backends clear what is absent: `withResponse()` lists those fields as
   * `cleared`. To change some fields use `update`.
   *
   * @throws InvalidRequestError before anything is written.
   * @throws SilentDropError when the backend accepts a `null` and does not clear the field.
   * @throws IntegrationNotFoundError, IntegrationUnusableError, AmbiguousIntegrationError as `create` does.
   */
  replace(id: string, input: ReplaceTicket, options?: RequestOptions): ReplaceResult<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`. */
  replace(id: string, input: LegacyReplaceTicket, options?: RequestOptions): ReplaceResult<TicketOf<C>>

  /** Deletes a ticket here; on the integration's platform it stays. */
  delete(id: string, options?: RequestOptions): Result<void>

  /**
   * Changes the status. `resolved` and `closed` need a `resolution_summary`.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  setStatus(id: string, status: TicketStatus, options?: TicketStatusOptions): Result<TicketOf<C>>

  /**
   * Assigns the ticket to a user of the organization, or with `null` to nobody.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws SilentDropError when the backend accepts `null` and leaves the assignee: existing legacy ones do.
   */
  assign(id: string, userId: string | null, options?: AssignOptions): Result<TicketOf<C>>

  /** Counts over all tickets of the organization. */
  stats(options?: RequestOptions): Result<TicketStats>

  /** The files of a ticket, by reference. */
  readonly attachments: TicketAttachments<C>
}

/** The files of a ticket, by reference. */
export interface TicketAttachments<C extends ClientConfig = ClientConfig> {
  /**
   * Adds files that were uploaded before, and gives the ticket.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  add(id: string, attachments: readonly Attachment[], options?: RequestOptions): Result<TicketOf<C>>

  /** The files of a ticket. */
  list(id: string, options?: RequestOptions): Result<Attachment[]>
}

/** What `setStatus` takes as its last argument. */
export interface TicketStatusOptions extends RequestOptions {
  /** How the ticket was resolved: needed for `resolved` and `closed`. */
  readonly resolution_summary?: string | null | undefined
  readonly internal_notes?: string | null | undefined
}

/** What `assign` takes as its last argument. */
export interface AssignOptions extends RequestOptions {
  /** Why: `assignment_reason` on the wire. At most 500 characters. */
  readonly reason?: string | undefined
}

export function createTickets(settings: Settings, lookup: Lookup) {
  const result = createCaller(settings)

  return {
    create: (input: unknown, options: RequestOptions = {}) =>
      result<Ticket>(options, (call) => create(call, lookup, 'tickets.create', input)),

    createWithAi: (input: unknown, options: RequestOptions = {}) =>
      result<TicketWithAnalysis>(options, (call) => create(call, lookup, 'tickets.createWithAi', input)),

    retrieve: (id: string, options: RequestOptions = {}) =>
      result<Ticket>(options, (call) => request(call, 'tickets.retrieve', { params: { ticket_id: id } })),

    list: (filters: object = {}, options: ListOptions = {}) =>
      toList<Ticket>({
        settings,
        endpointId: 'tickets.list',
        options,
        read: async (call) => {
          const { body } = await readTicketFilters(call, lookup, filters)
          const { page = 1, size = 20, ...rest } = body as { page?: number; size?: number }
          return { filters: rest, start: (page - 1) * size, size }
        },
      }),

    update: (id: string, changes: unknown, options: RequestOptions = {}) =>
      result<Ticket>(options, (call) => updateTicket(call, lookup, id, changes)),

    replace: (id: string, input: unknown, options: RequestOptions = {}) =>
      result<Ticket>(options, (call) => replaceTicket(call, lookup, id, input)),

    delete: (id: string, options: RequestOptions = {}) =>
      result<void>(options, (call) => request(call, 'tickets.delete', { params: { ticket_id: id } })),

    setStatus: (
      id: string,
      status: TicketStatus,
      { resolution_summary, internal_notes, ...options }: TicketStatusOptions = {},
    ) =>
      result<Ticket>(options, (call) =>
        changeByRoute(call, lookup, 'tickets.setStatus', id, { status, resolution_summary, internal_notes }),
      ),

    assign: (id: string, userId: string | null, { reason, ...options }: AssignOptions = {}) =>
      result<Ticket>(options, (call) =>
        changeByRoute(call, lookup, 'tickets.assign', id, { assigned_to_id: userId, reason }),
      ),

    stats: (options: RequestOptions = {}) => result<TicketStats>(options, (call) => request(call, 'tickets.stats', {})),

    attachments: {
      add: (id: string, attachments: readonly Attachment[], options: RequestOptions = {}) =>
        result<Ticket>(options, (call) => {
          const { body } = parseInput('tickets.addAttachments', { attachments })
          return request(call, 'tickets.addAttachments', { params: { ticket_id: id }, body })
        }),

      list: (id: string, options: RequestOptions = {}) =>
        result<Attachment[]>(options, async (call) => {
          const listed = await request<JsonObject[]>(call, 'tickets.listAttachments', { params: { ticket_id: id } })
          return { ...listed, data: listed.data.map(asAttachment) }
        }),
    },
  } satisfies Tickets & MethodsOf<'tickets'>
}

// The existing backend shows summaries of files, which have their id as `id` (CONTRACT §1.2). Replies are read openly, so the
// shape is the contract's otherwise.
const asAttachment = (file: JsonObject): Attachment =>
  (file['file_id'] === undefined && file['id'] !== undefined ? { ...file, file_id: file['id'] } : file) as Attachment

const create = <T>(
  call: CallContext,
  lookup: Lookup,
  endpointId: 'tickets.create' | 'tickets.createWithAi',
  input: unknown,
): Promise<WithResponse<T>> =>
  withResolvedIntegration(call, lookup, createInputParser(endpointId, input), (named) =>
    request(call, endpointId, named),
  )

// The routes are retired: what they said goes to the ticket itself, but for a legacy backend.
async function changeByRoute(
  call: CallContext,
  lookup: Lookup,
  route: 'tickets.setStatus' | 'tickets.assign',
  id: string,
  input: object,
): Promise<WithResponse<Ticket>> {
  const { body } = parseInput(route, input)
  return (await resolveWriteGeneration(call)) === 'legacy'
    ? write(call, route, id, { body })
    : updateTicket(call, lookup, id, body)
}

async function readTicketFilters(call: CallContext, lookup: Lookup, filters: object): Promise<ParsedInput> {
  const read = parseFilters('tickets.list', filters)
  if (read.name === undefined) return read

  const integrationId = await idOf(call, lookup, read.name)
  return parseFilters('tickets.list', filters, { integrationId })
}

// One that can not file tickets any more may have filed those that are looked for.
async function idOf(call: CallContext, lookup: Lookup, name: string): Promise<string> {
  try {
    return await lookup.withIntegration(call, name, async ({ id }) => id)
  } catch (error) {
    if (isIntegrationUnusableError(error) && error.id !== undefined) return error.id
    throw error
  }
}
