import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'

/** The path prefix of the API. */
export const BASE_PATH = '/api/v1'

/** A path of the contract as a route of Hono. */
export const toRoute = (path: string): string => BASE_PATH + path.replace(/\{(\w+)\}/g, ':$1')

/** A path of the contract as a pattern for the path of a request. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`)

/** The paths of the contract, in its order. Fixed paths come before those with parameters, as the router requires. */
export const PATHS: readonly string[] = [...new Set(ENDPOINT_IDS.map((id) => endpointOf(id).path))]

const endpointsByPath: ReadonlyMap<string, readonly EndpointId[]> = Map.groupBy(
  ENDPOINT_IDS,
  (id) => endpointOf(id).path,
)
const patterns = PATHS.map((path) => ({ path, pattern: pathPattern(path) }))

/** The endpoints of a path of the contract, in any generation. */
export const endpointsAt = (path: string): readonly EndpointId[] => endpointsByPath.get(path) ?? []

/**
 * The endpoint of a method and a path, in any generation: `endpointAt('GET', '/api/v1/integrations/')` is
 * `integrations.list`. Undefined when there is none.
 */
export function endpointAt(method: string, path: string): EndpointId | undefined {
  const known = patterns.find(({ pattern }) => pattern.test(path))
  return known === undefined ? undefined : endpointsAt(known.path).find((id) => endpointOf(id).method === method)
}
