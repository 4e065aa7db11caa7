import { type EndpointId, INTEGRATION_SORT_KEYS, type JsonObject, TICKET_SORT_KEYS } from '@ai-ticket-creator/domain'
import type { PreconditionName } from '../../model/precondition-names.ts'
import type { Filter } from './filter.ts'
import { integrationFilters } from './integration-filters.ts'
import { ticketFilters } from './ticket-filters.ts'

/** One of the two lists with pages, orders and filters. */
export interface ListKind {
  readonly title: 'integrations' | 'tickets'
  readonly endpoint: EndpointId
  readonly preconditions: readonly PreconditionName[]
  /** The query that selects the rows of a case. */
  readonly ownRows: (tag: string) => JsonObject
  readonly sizeParameter: string
  readonly positionParameter: string
  readonly sortKeys: readonly string[]
  readonly filters: readonly Filter[]
}

export const listKinds: readonly ListKind[] = [
  {
    title: 'integrations',
    endpoint: 'integrations.list',
    preconditions: ['five integrations'],
    ownRows: (name) => ({ name }),
    sizeParameter: 'limit',
    positionParameter: 'offset',
    sortKeys: INTEGRATION_SORT_KEYS,
    filters: integrationFilters,
  },
  {
    title: 'tickets',
    endpoint: 'tickets.list',
    preconditions: ['five tickets'],
    ownRows: (q) => ({ q }),
    sizeParameter: 'size',
    positionParameter: 'page',
    sortKeys: TICKET_SORT_KEYS,
    filters: ticketFilters,
  },
]
