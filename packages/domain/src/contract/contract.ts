import type { Schema } from '../schema/schema.ts'
import type { Endpoint, ParamName } from './endpoint.ts'
import { integrationEndpoints } from './integration-endpoints.ts'
import { ticketEndpoints } from './ticket-endpoints.ts'

/** Every endpoint of the API, by id. SDK, server, mock and documents read it. */
export const contract = { ...integrationEndpoints, ...ticketEndpoints } as const

/** The type of the contract: every endpoint with its own path and schemas. */
export type Contract = typeof contract

/** The id of an endpoint, such as `integrations.create`. */
export type EndpointId = keyof Contract

/** An entry of the contract, typed with all optional members. */
export const endpointOf = (id: EndpointId): Endpoint => contract[id]

/** The path parameters of an endpoint. */
export type ParamsOf<Id extends EndpointId> = { readonly [Name in ParamName<Contract[Id]['path']>]: string }

/** The body that an endpoint takes, in the current generation; `undefined` for none. */
export type BodyOf<Id extends EndpointId> = Contract[Id] extends { body: Schema<infer Body> } ? Body : undefined

/** The query that an endpoint takes, in the current generation; `undefined` for none. */
export type QueryOf<Id extends EndpointId> = Contract[Id] extends { query: Schema<infer Query> } ? Query : undefined

/** The reply of an endpoint, in the current generation; `undefined` for an empty reply. */
export type ReplyOf<Id extends EndpointId> = Contract[Id] extends { reply: Schema<infer Reply> } ? Reply : undefined
