import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'

export type List = 'integrations' | 'tickets'

export interface Kind {
  readonly list: List
  readonly endpoint: EndpointId
  readonly given: 'five integrations' | 'five tickets'
  /** The filter that shows the rows of a case, and no others. */
  readonly own: (tag: string) => JsonObject
  readonly size: string
  readonly title: string
}

export const kinds: readonly Kind[] = [
  {
    list: 'integrations',
    endpoint: 'integrations.list',
    given: 'five integrations',
    own: (name) => ({ name }),
    size: 'limit',
    title: 'integrations',
  },
  {
    list: 'tickets',
    endpoint: 'tickets.list',
    given: 'five tickets',
    own: (q) => ({ q }),
    size: 'size',
    title: 'tickets',
  },
]
