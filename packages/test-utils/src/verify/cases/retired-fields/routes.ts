import { type Change, ENDPOINT_IDS, type EndpointId, endpointOf, replacementRoute } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import { routeOf } from '../sample-requests.ts'
import { deprecationOf } from './every-field.ts'

/** Every retired route. */
export const retiredRoutes: readonly ContractCase[] = ENDPOINT_IDS.flatMap((endpoint) => {
  const moved = replacementRoute(endpoint)
  return moved === undefined ? [] : [deprecatedRoute(endpoint, moved.change), retiredRoute(endpoint, moved.to)]
})

function deprecatedRoute(endpoint: EndpointId, change: Change): ContractCase {
  return {
    id: `${endpoint}/deprecated`,
    title: `${routeOf(endpoint)} works, and its reply is marked as deprecated`,
    endpoint,
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['a ticket'],
    request: { endpoint, body: bodyOf(endpoint) },
    expect: {
      headers: {
        Deprecation: deprecationOf(change),
        Link: new RegExp(`${change.id}>; rel="deprecation"$`),
        'Deprecated-Fields': endpoint === 'tickets.assign' ? 'reason;use=assignment_reason' : undefined,
      },
    },
  }
}

function retiredRoute(endpoint: EndpointId, replacementId: EndpointId): ContractCase {
  const { method, path } = endpointOf(replacementId)
  const replacement = `${method} ${path}`
  return {
    id: `${endpoint}/retired`,
    title: `${routeOf(endpoint)} is retired, and the problem names its replacement`,
    endpoint,
    retired: true,
    specReference: SPEC.migration,
    since: 'current',
    preconditions: ['a ticket'],
    request: { endpoint, body: bodyOf(endpoint) },
    expect: { code: 'retired_route', replacement },
  }
}

function bodyOf(endpoint: EndpointId) {
  return endpoint === 'tickets.assign' ? { assigned_to_id: null, reason: 'on leave' } : { status: 'open' }
}
