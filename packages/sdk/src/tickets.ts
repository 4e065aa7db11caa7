import { ifUsable, type Ticket } from '@ai-ticket-creator/domain'
import { request } from './call.ts'
import type {
  ClientConfig,
  CreateTicket,
  Integration,
  LegacyCreateTicket,
  LegacyListTickets,
  ListTickets,
  TicketOf,
} from './entities.ts'
import { IntegrationNotFoundError, isApiError, isIntegrationUnusableError } from './errors.ts'
import { type Lookup, orThrow } from './lookup.ts'
import type { MethodsOf } from './methods.ts'
import type { RequestOptions, Settings } from './options.ts'
import { type ListOptions, type ListResult, toList } from './page.ts'
import { type Call, perform } from './perform.ts'
import { type ReadInput, readFilters, readInput } from './read-input.ts'
import { type Result, toResult, type WithResponse } from './result.ts'

/** The tickets of the caller's organization. */
export interface Tickets<C extends ClientConfig = ClientConfig> {
  /**
   * Creates a ticket and, with `integration_id`, files it on the integration's platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws IntegrationNotFoundError, IntegrationUnusableError
   * @throws AmbiguousIntegrationError when a legacy backend is asked, which knows names only, and several have it.
   */
  create(input: CreateTicket, options?: RequestOptions): Result<TicketOf<C>>
  /**
   * By the name of the integration: it is looked up, and has to be the only one.
   *
   * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
   */
  create(input: LegacyCreateTicket, options?: RequestOptions): Result<TicketOf<C>>

  /** One ticket. */
  retrieve(id: string, options?: RequestOptions): Result<TicketOf<C>>

  /** Tickets, newest first unless sorted otherwise; 20 a page unless `size` says otherwise. */
  list(filters?: ListTickets, options?: ListOptions): ListResult<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`. */
  list(filters: LegacyListTickets, options?: ListOptions): ListResult<TicketOf<C>>
}

export function createTickets(settings: Settings, lookup: Lookup) {
  const result = <T>(options: RequestOptions, work: (call: Call) => Promise<WithResponse<T>>): Result<T> =>
    toResult(perform(settings, options, work))

  return {
    create: (input: unknown, options: RequestOptions = {}) => result(options, (call) => create(call, lookup, input)),

    retrieve: (id: string, options: RequestOptions = {}) =>
      result(options, (call) => request<Ticket>(call, 'tickets.retrieve', { params: { ticket_id: id } })),

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
  } satisfies Tickets & MethodsOf<'tickets'>
}

async function create(call: Call, lookup: Lookup, input: unknown): Promise<WithResponse<Ticket>> {
  const { body, name } = readInput('tickets.create', input)
  const id = body['integration_id']

  if (name !== undefined) return createByName(call, lookup, input, name)
  if (typeof id === 'string' && call.settings.generation === 'legacy') return createByIdOnLegacy(call, lookup, body, id)
  return request(call, 'tickets.create', { body })
}

const createByName = (call: Call, lookup: Lookup, input: unknown, name: string): Promise<WithResponse<Ticket>> =>
  lookup.use(call, name, async ({ id }) => {
    // Read again: an id that was given as well has to agree.
    const { body } = readInput('tickets.create', input, { integrationId: id })
    return request(call, 'tickets.create', { body, integrationName: name })
  })

// A legacy backend knows names only, and names are not unique: the one that this integration has must be its own.
async function createByIdOnLegacy(
  call: Call,
  lookup: Lookup,
  body: ReadInput['body'],
  id: string,
): Promise<WithResponse<Ticket>> {
  const integration = await retrieveIntegration(call, id)
  orThrow(ifUsable(integration, 'name'), integration.name)

  return lookup.use(call, integration.name, async (found) => {
    if (found.id !== integration.id) throw new IntegrationNotFoundError('the integration was renamed meanwhile', { id })
    return request(call, 'tickets.create', { body, integrationName: integration.name.trim() })
  })
}

async function retrieveIntegration(call: Call, id: string): Promise<Integration> {
  try {
    return (await request<Integration>(call, 'integrations.retrieve', { params: { integration_id: id } })).data
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error
    const { requestId } = error
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  }
}

async function readTicketFilters(call: Call, lookup: Lookup, filters: object): Promise<ReadInput> {
  const read = readFilters('tickets.list', filters)
  if (read.name === undefined) return read

  const integrationId = await idOf(call, lookup, read.name)
  return readFilters('tickets.list', filters, { integrationId })
}

// One that can not file tickets any more may have filed those that are looked for.
async function idOf(call: Call, lookup: Lookup, name: string): Promise<string> {
  try {
    return await lookup.use(call, name, async ({ id }) => id)
  } catch (error) {
    if (isIntegrationUnusableError(error) && error.id !== undefined) return error.id
    throw error
  }
}
