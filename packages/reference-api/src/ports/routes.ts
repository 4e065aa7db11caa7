import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'

/** Where the API lives below its host. */
export const BASE_PATH = '/api/v1'

/** A path of the contract as a route. */
export const toRoute = (path: string): string => BASE_PATH + path.replace(/\{(\w+)\}/g, ':$1')

/** A path of the contract as a pattern over whole paths. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`)

/** The paths of the contract, in its order: fixed ones come before those with parameters, as routes need it. */
export const PATHS: readonly string[] = [...new Set(ENDPOINT_IDS.map((id) => endpointOf(id).path))]

/** The endpoints of a path of the contract, in whatever generation. */
export const endpointsAt = (path: string): readonly EndpointId[] =>
  ENDPOINT_IDS.filter((id) => endpointOf(id).path === path)

/**
 * The endpoint that a method and a whole path reach, in whatever generation: `endpointAt('GET', '/api/v1/integrations/')`
 * is `integrations.list`. Undefined when there is none.
 */
export function endpointAt(method: string, path: string): EndpointId | undefined {
  const known = PATHS.find((candidate) => pathPattern(candidate).test(path))
  return known === undefined ? undefined : endpointsAt(known).find((id) => endpointOf(id).method === method)
}
