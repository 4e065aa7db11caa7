import type { EndpointId } from '../../contract/contract.ts'
import type { Change, Part } from './change.ts'
import { fileIdsToAttachments } from './file-ids-to-attachments.ts'
import { integrationNameToId } from './integration-name-to-id.ts'
import { integrationTypeToCategoryAndPlatform } from './integration-type-to-category-and-platform.ts'
import { isEnabledToEnabled } from './is-enabled-to-enabled.ts'
import { statusToEnabled } from './status-to-enabled.ts'
import { ticketReply } from './ticket-reply.ts'
import { ticketStatusAndAssignRoutes } from './ticket-status-and-assign-routes.ts'

/** Every change of the wire. SDK, API, headers and guides read this list; nothing else knows what is legacy. */
export const changes: readonly Change[] = [
  isEnabledToEnabled,
  integrationTypeToCategoryAndPlatform,
  integrationNameToId,
  statusToEnabled,
  fileIdsToAttachments,
  ticketReply,
  ticketStatusAndAssignRoutes,
]

type Selection = (endpointId: EndpointId, part: Part) => readonly Change[]

const wentThrough: Selection = (endpointId, part) =>
  changes.filter(({ endpoints }) => endpoints[part]?.includes(endpointId))

const accepted: Selection = (endpointId, part) =>
  changes.filter(
    ({ endpoints }) =>
      endpoints[part]?.includes(endpointId) || (part === 'body' && endpoints.accepted?.includes(endpointId)),
  )

/** The changes that a part of an endpoint went through. */
export const changesOf: (endpointId: EndpointId, part: Part) => readonly Change[] =
  /* @__PURE__ */ remembered(wentThrough)

/** The changes whose old spelling a part of an endpoint accepts: those it went through, and further old words. */
export const acceptedChangesOf: (endpointId: EndpointId, part: Part) => readonly Change[] =
  /* @__PURE__ */ remembered(accepted)

/** Where a retired route moved, or undefined when the endpoint is none. */
export function movedTo(endpointId: EndpointId): { change: Change; to: EndpointId } | undefined {
  const change = changes.find(({ routes }) => routes?.[endpointId] !== undefined)
  const to = change?.routes?.[endpointId]
  return change !== undefined && to !== undefined ? { change, to } : undefined
}

// Asked several times for each request and reply; the list never changes.
function remembered(select: Selection): Selection {
  const known: { [P in Part]?: Map<EndpointId, readonly Change[]> } = {}
  return (endpointId, part) => {
    const ofPart = known[part] ?? new Map<EndpointId, readonly Change[]>()
    known[part] = ofPart
    const selected = ofPart.get(endpointId) ?? select(endpointId, part)
    ofPart.set(endpointId, selected)
    return selected
  }
}
