import type { CompiledEndpoint } from './compiled-endpoint.ts'
import { endpoints } from './compiled-endpoints.ts'
import type { EndpointId } from './contract.ts'

/** The compiled entry of an endpoint. */
export const compiledEndpoint = (id: EndpointId): CompiledEndpoint => endpoints[id]

/** The ids of all endpoints. */
// Object.keys is typed string[]; the contract is closed.
export const ENDPOINT_IDS: readonly EndpointId[] = /* @__PURE__ */ Object.keys(endpoints) as EndpointId[]

/** The names of the fields of a body or a query, in order; none if the endpoint has no body or no query. */
export function fieldNames(id: EndpointId, part: 'body' | 'query'): readonly string[] {
  return Object.keys(compiledEndpoint(id)[part]?.fields ?? {})
}
