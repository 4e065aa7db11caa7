import { changes, changesOf, type EndpointId, endpointOf, replacementRoute } from '@ai-ticket-creator/domain'

/** A retired name and the one that replaces it. */
export interface RetiredName {
  readonly field: string
  readonly replacement: string
}

/** The retired names in the replies of an endpoint. */
export const retiredNamesInReplies = (endpointId: EndpointId): readonly RetiredName[] =>
  changesOf(endpointId, 'reply').flatMap(({ retired }) =>
    Object.entries(retired).map(([field, { replacement }]) => ({ field, replacement })),
  )

/** The retired name that a request to an endpoint uses by its route. */
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
