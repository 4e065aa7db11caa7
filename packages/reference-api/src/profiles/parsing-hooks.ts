import type { EndpointId, Issue } from '@ai-ticket-creator/domain'

/** Where a hook works. */
export interface About {
  readonly endpointId: EndpointId
}

/** What was read. */
export interface Reading extends About {
  readonly part: 'body' | 'query'
  /** After the hooks of this part. */
  readonly raw: unknown
  /** A body as it came. */
  readonly sent: unknown
}

export type Pairs = readonly (readonly [string, string])[]

/** What an app does while it reads a request. */
export interface ReadingHabits {
  readonly body: (raw: unknown, about: About) => unknown
  readonly query: (pairs: Pairs, about: About) => Pairs
  readonly faults: (issues: readonly Issue[], about: Reading) => readonly Issue[]
}
