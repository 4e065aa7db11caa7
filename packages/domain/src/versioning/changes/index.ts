import type { EndpointId } from '../../contract/contract.ts'
import type { Change, Location } from './change.ts'
import { fileIdsToAttachments } from './file-ids-to-attachments.ts'
import { integrationNameToId } from './integration-name-to-id.ts'
import { integrationTypeToCategoryAndPlatform } from './integration-type-to-category-and-platform.ts'
import { isEnabledToEnabled } from './is-enabled-to-enabled.ts'
import { statusToEnabled } from './status-to-enabled.ts'
import { ticketReply } from './ticket-reply.ts'
import { ticketStatusAndAssignRoutes } from './ticket-status-and-assign-routes.ts'

/** Every change of the wire format. SDK, API, headers and guides take the retired names from this list. */
export const changes: readonly Change[] = [
  isEnabledToEnabled,
  integrationTypeToCategoryAndPlatform,
  integrationNameToId,
  statusToEnabled,
  fileIdsToAttachments,
  ticketReply,
  ticketStatusAndAssignRoutes,
]

type Selection = (endpointId: EndpointId, part: Location) => readonly Change[]

const selectApplied: Selection = (endpointId, part) =>
  changes.filter(({ endpoints }) => endpoints[part]?.includes(endpointId))

const selectAccepting: Selection = (endpointId, part) =>
  changes.filter(
    ({ endpoints }) =>
      endpoints[part]?.includes(endpointId) || (part === 'body' && endpoints.accepted?.includes(endpointId)),
  )

/** The changes that apply to a part of an endpoint. */
export const changesOf: (endpointId: EndpointId, part: Location) => readonly Change[] =
  /* @__PURE__ */ memoize(selectApplied)

/** The changes whose retired names an endpoint accepts in a part: `changesOf`, and changes with the endpoint in `accepted`. */
export const changesAccepting: (endpointId: EndpointId, part: Location) => readonly Change[] =
  /* @__PURE__ */ memoize(selectAccepting)

/** The route that replaces a retired one; undefined if the endpoint is not a retired route. */
export function replacementRoute(endpointId: EndpointId): { change: Change; to: EndpointId } | undefined {
  const change = changes.find(({ routes }) => routes?.[endpointId] !== undefined)
  const to = change?.routes?.[endpointId]
  return change !== undefined && to !== undefined ? { change, to } : undefined
}

// Called several times for each request and reply; the list never changes.
function memoize(select: Selection): Selection {
  const cache: { [P in Location]?: Map<EndpointId, readonly Change[]> } = {}
  return (endpointId, part) => {
    const ofPart = cache[part] ?? new Map<EndpointId, readonly Change[]>()
    cache[part] = ofPart
    const selected = ofPart.get(endpointId) ?? select(endpointId, part)
    ofPart.set(endpointId, selected)
    return selected
  }
}
