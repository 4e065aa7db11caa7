import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'

/** Where the API lives below its host. */
export const BASE_PATH = '/api/v1'

/** A path of the contract as a route. */
export const toRoute = (path: string): string => BASE_PATH + path.replace(/\{(\w+)\}/g, ':$1')

/** A path of the contract as a pattern over whole paths. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`)

/**
 * The endpoint that a method and a whole path reach, in whatever generation: `endpointAt('GET', '/api/v1/integrations/')`
 * is `integrations.list`. Undefined when there is none.
 */
export const endpointAt = (method: string, path: string): EndpointId | undefined =>
  // The contract lists fixed paths before those with parameters, as the routes need it.
  ENDPOINT_IDS.find((id) => endpointOf(id).method === method && pathPattern(endpointOf(id).path).test(path))
