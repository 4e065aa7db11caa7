import type { EndpointId, Issue, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, mapEntities } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import type { Ports } from '../ports/handler.ts'
import type { IdempotencyRecord } from '../ports/ports.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import type { Hooks } from './hooks.ts'
import type { HookTarget, ParsedPart, QueryPairs } from './parsing-hooks.ts'

/** The object without some keys. */
export const omit = <T extends object, K extends PropertyKey>(fields: T, names: readonly K[]): Omit<T, K> =>
  // `Object.fromEntries` loses the types of the remaining keys.
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.some((one) => one === name))) as Omit<T, K>

/** A hook that runs for some endpoints only. */
export const onEndpoints =
  <T, A extends { readonly endpointId?: EndpointId | undefined }>(
    endpoints: readonly EndpointId[],
    hook: (value: T, about: A) => T,
  ) =>
  (value: T, about: A): T =>
    about.endpointId !== undefined && endpoints.includes(about.endpointId) ? hook(value, about) : value

/** Changes the bodies of some endpoints. */
export const onBody =
  (endpoints: readonly EndpointId[], change: (fields: JsonObject) => JsonObject): NonNullable<Hooks['body']> =>
  (fields, { endpointId }) =>
    endpoints.includes(endpointId) ? change(fields) : fields

/** Drops query parameters of some endpoints. */
export const dropParameters =
  (endpoints: readonly EndpointId[], names: readonly string[]): NonNullable<Hooks['query']> =>
  (pairs: QueryPairs, { endpointId }: HookTarget) =>
    endpoints.includes(endpointId) ? pairs.filter(([name]) => !names.includes(name)) : pairs

/** Changes the issues of the bodies of some endpoints. */
export const onIssues =
  (
    endpoints: readonly EndpointId[],
    change: (issues: readonly Issue[], raw: JsonObject) => readonly Issue[],
  ): NonNullable<Hooks['issues']> =>
  (issues, { endpointId, part, raw }: ParsedPart) =>
    part === 'body' && endpoints.includes(endpointId) && isJsonObject(raw) ? change(issues, raw) : issues

/** Changes the entities in the replies of some endpoints. */
export const onEntities =
  (endpoints: readonly EndpointId[], change: (entity: JsonObject) => JsonObject): NonNullable<Hooks['reply']> =>
  (reply, { endpointId }) =>
    endpoints.includes(endpointId) ? mapEntities(endpointId, reply, change) : reply

/** A call whose store changes each integration before it is written. */
export const withIntegrationWrites = <Call extends { readonly store: Ports['store'] }>(
  call: Call,
  change: (row: IntegrationRow, before: IntegrationRow | undefined) => IntegrationRow,
): Call => ({
  ...call,
  store: {
    ...call.store,
    integrations: { ...call.store.integrations, ...withWrites(call.store.integrations, change) },
  },
})

/** A call whose store changes each ticket before it is written. */
export const withTicketWrites = <Call extends { readonly store: Ports['store'] }>(
  call: Call,
  change: (row: TicketRow, before: TicketRow | undefined) => TicketRow,
): Call => ({
  ...call,
  store: { ...call.store, tickets: { ...call.store.tickets, ...withWrites(call.store.tickets, change) } },
})

interface Table<Row> {
  insert(row: Row, record?: IdempotencyRecord): Promise<void>
  find(organizationId: string, id: string): Promise<Row | undefined>
  replace(row: Row, version: number, record?: IdempotencyRecord): Promise<boolean>
}

function withWrites<Row extends IntegrationRow | TicketRow>(
  table: Table<Row>,
  change: (row: Row, before: Row | undefined) => Row,
): Pick<Table<Row>, 'insert' | 'replace'> {
  return {
    insert: (row, record) => table.insert(change(row, undefined), record),
    replace: async (row, version, record) =>
      table.replace(change(row, await table.find(row.organization_id, row.id)), version, record),
  }
}

/** Whether a request was refused because a name or an id has no usable integration. */
export const isUnresolved = (error: unknown): boolean =>
  error instanceof ProblemError &&
  ['integration_not_found', 'integration_unusable', 'ambiguous_integration_name'].includes(error.problem.code)
