import type { EndpointId, Issue, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, mapEntities } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import type { Ports } from '../ports/handler.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import type { Hooks } from './hooks.ts'
import type { About, Pairs, Reading } from './parsing-hooks.ts'

// What rows are made of.

/** The object without some keys. */
export const omit = <T extends object, K extends PropertyKey>(fields: T, names: readonly K[]): Omit<T, K> =>
  // The names are left out; the type says so.
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.some((one) => one === name))) as Omit<T, K>

/** A hook for the bodies of some endpoints. */
export const onBody =
  (endpoints: readonly EndpointId[], change: (fields: JsonObject) => JsonObject): NonNullable<Hooks['body']> =>
  (fields, { endpointId }) =>
    endpoints.includes(endpointId) ? change(fields) : fields

/** Drops parameters of the queries of some endpoints. */
export const dropParameters =
  (endpoints: readonly EndpointId[], names: readonly string[]): NonNullable<Hooks['query']> =>
  (pairs: Pairs, { endpointId }: About) =>
    endpoints.includes(endpointId) ? pairs.filter(([name]) => !names.includes(name)) : pairs

/** A hook for the faults of the bodies of some endpoints. */
export const onFaults =
  (
    endpoints: readonly EndpointId[],
    change: (issues: readonly Issue[], raw: JsonObject) => readonly Issue[],
  ): NonNullable<Hooks['faults']> =>
  (issues, { endpointId, part, raw }: Reading) =>
    part === 'body' && endpoints.includes(endpointId) && isJsonObject(raw) ? change(issues, raw) : issues

/** A hook for the entities in the replies of some endpoints, in their envelopes. */
export const onEntities =
  (endpoints: readonly EndpointId[], change: (entity: JsonObject) => JsonObject): NonNullable<Hooks['reply']> =>
  (reply, { endpointId }) =>
    endpoints.includes(endpointId) ? mapEntities(endpointId, reply, change) : reply

/** The ports with a store in which the integrations that are written go through a change first. */
export const writingIntegrations = <Given extends { readonly store: Ports['store'] }>(
  call: Given,
  change: (row: IntegrationRow, before: IntegrationRow | undefined) => IntegrationRow,
): Given => ({
  ...call,
  store: { ...call.store, integrations: { ...call.store.integrations, ...writing(call.store.integrations, change) } },
})

/** The ports with a store in which the tickets that are written go through a change first. */
export const writingTickets = <Given extends { readonly store: Ports['store'] }>(
  call: Given,
  change: (row: TicketRow, before: TicketRow | undefined) => TicketRow,
): Given => ({
  ...call,
  store: { ...call.store, tickets: { ...call.store.tickets, ...writing(call.store.tickets, change) } },
})

interface Table<Row> {
  insert(row: Row): Promise<void>
  find(organizationId: string, id: string): Promise<Row | undefined>
  replace(row: Row, version: number): Promise<boolean>
}

function writing<Row extends IntegrationRow | TicketRow>(
  table: Table<Row>,
  change: (row: Row, before: Row | undefined) => Row,
): Pick<Table<Row>, 'insert' | 'replace'> {
  return {
    insert: (row) => table.insert(change(row, undefined)),
    replace: async (row, version) => table.replace(change(row, await table.find(row.organization_id, row.id)), version),
  }
}

/** A name or id that means no usable integration. */
export const isUnresolved = (error: unknown): boolean =>
  error instanceof ProblemError &&
  ['integration_not_found', 'integration_unusable', 'ambiguous_integration_name'].includes(error.problem.code)
