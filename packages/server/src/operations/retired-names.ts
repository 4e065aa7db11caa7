import { changes, type EndpointId, endpointOf, replacementRoute } from '@ai-ticket-creator/domain'
import type { RetiredName } from '@ai-ticket-creator/domain/internal'

/** The route of an endpoint as a retired name, if the route is retired. */
export function retiredRoutes(endpointId: EndpointId): readonly RetiredName[] {
  const route = replacementRoute(endpointId)
  return route === undefined ? [] : [{ field: describeRoute(endpointId), replacement: describeRoute(route.to) }]
}

/** Every retired name: fields and routes. */
export const RETIRED_NAMES: readonly string[] = [
  ...new Set(
    changes.flatMap(({ retired, routes = {} }) => [
      ...Object.keys(retired),
      // The keys of `routes` are endpoints.
      ...(Object.keys(routes) as EndpointId[]).map(describeRoute),
    ]),
  ),
]

function describeRoute(endpointId: EndpointId): string {
  const { method, path } = endpointOf(endpointId)
  return `${method} ${path}`
}
