import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'

/** A request, in the current words: they are sent in those of the backend. */
export interface Ask {
  readonly endpoint: EndpointId
  /** Default: the ids of what is given. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: unknown
  /** Instead of `body`, as it is. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Words that are to be sent as they stand here. */
  readonly words?: 'as written'
  /** Default: the token of the run. */
  readonly token?: 'none' | 'wrong' | 'other'
  /** Instead of the endpoint's own. */
  readonly method?: string
  readonly path?: string
}
