import {
  BASE_PATH,
  createApp,
  createMemoryStore,
  type IntegrationRow,
  type Store,
  type TicketRow,
} from '@ai-ticket-creator/reference-api'
import type { Mutant } from '../mutant.ts'
import { onStore, type Where } from '../wrap.ts'
import { endpointOfRequest, organizationOf } from './requests.ts'

type TicketQuery = Parameters<Store['tickets']['list']>[1]

/** Lists tickets without the filters in `dropped`, and then selects rows with `keep`. */
export function filteringTickets(
  id: string,
  defect: string,
  dropped: readonly (keyof TicketQuery)[],
  keep: (row: TicketRow, query: TicketQuery) => boolean,
): Mutant {
  return onStore(id, defect, (store) => ({
    ...store,
    tickets: {
      ...store.tickets,
      async list(organization, query, window) {
        if (dropped.every((name) => query[name] === undefined)) return store.tickets.list(organization, query, window)
        const others = { ...query, ...Object.fromEntries(dropped.map((name) => [name, undefined])) }
        const all = await store.tickets.list(organization, others, { ...window, offset: 0, limit: 1_000_000 })
        const rows = all.rows.filter((row) => keep(row, query))
        return { rows: rows.slice(window.offset, window.offset + window.limit), total: rows.length }
      },
    },
  }))
}

/** Changes a ticket before it is stored. */
export function storingTickets(id: string, defect: string, edit: (row: TicketRow) => TicketRow): Mutant {
  return onStore(id, defect, (store) => ({
    ...store,
    tickets: {
      ...store.tickets,
      insert: (row) => store.tickets.insert(edit(row)),
      replace: (row, version) => store.tickets.replace(edit(row), version),
    },
  }))
}

/** Changes an integration when a later version of it is stored. */
export function replacingIntegrations(
  id: string,
  defect: string,
  edit: (after: IntegrationRow, before: IntegrationRow | undefined) => IntegrationRow,
): Mutant {
  return onStore(id, defect, (store) => ({
    ...store,
    integrations: {
      ...store.integrations,
      async replace(row, version) {
        const before = await store.integrations.find(row.organization_id, row.id)
        return store.integrations.replace(edit(row, before), version)
      },
    },
  }))
}

/** Runs `then` after a row is deleted. */
export function afterDelete(
  id: string,
  defect: string,
  kind: 'integrations' | 'tickets',
  then: (row: IntegrationRow | TicketRow, store: Store) => Promise<void>,
): Mutant {
  return onStore(id, defect, (store) => {
    const replacing = async (row: IntegrationRow | TicketRow, replace: () => Promise<boolean>): Promise<boolean> => {
      const replaced = await replace()
      if (replaced && row.deleted_at !== null) await then(row, store)
      return replaced
    }
    return kind === 'integrations'
      ? {
          ...store,
          integrations: {
            ...store.integrations,
            replace: (row, version) => replacing(row, () => store.integrations.replace(row, version)),
          },
        }
      : {
          ...store,
          tickets: {
            ...store.tickets,
            replace: (row, version) => replacing(row, () => store.tickets.replace(row, version)),
          },
        }
  })
}

/** All tickets of an organization that are not deleted. */
export async function ticketsOf(store: Store, organization: string): Promise<readonly TicketRow[]> {
  const query = { sort_by: 'created_at', sort_order: 'asc' } as const
  const window = { offset: 0, limit: 1_000_000, now: new Date() }
  return (await store.tickets.list(organization, query, window)).rows
}

/** Replaces a stored ticket; its version stays, so the change is not visible as one. */
export async function overwriteTicket(store: Store, row: TicketRow): Promise<void> {
  await store.tickets.replace(row, row.version)
}

/** Runs `then` with the store after a successful request; the caller has its reply already. */
export function afterReply(
  id: string,
  defect: string,
  where: Where,
  then: (step: {
    readonly store: Store
    readonly organization: string
    readonly reply: unknown
    readonly before: Rows
  }) => Promise<void>,
): Mutant {
  return {
    id,
    kind: 'by hand',
    defect,
    create: (options) => {
      const store = options.store ?? createMemoryStore()
      const app = createApp({ ...options, store })
      return async (request) => {
        const endpoint = endpointOfRequest(request)
        if (where !== 'all' && (endpoint === undefined || !where.includes(endpoint))) return app.fetch(request)
        const organization = organizationOf(request, options.users)
        const before = await rowsAt(store, organization, request)
        const reply = await app.fetch(request)
        if (reply.ok) await then({ store, organization, reply: await reply.clone().json(), before })
        return reply
      }
    },
  }
}

/** The rows in the path of a request, as they were before it. */
interface Rows {
  readonly integration: IntegrationRow | undefined
  readonly ticket: TicketRow | undefined
}

async function rowsAt(store: Store, organization: string, request: Request): Promise<Rows> {
  const [, id = ''] = new URL(request.url).pathname
    .replace(BASE_PATH, '')
    .split('/')
    .filter((part) => part !== '')
  return {
    integration: await store.integrations.find(organization, id),
    ticket: await store.tickets.find(organization, id),
  }
}
