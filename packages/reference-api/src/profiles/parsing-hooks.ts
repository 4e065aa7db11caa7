import type { EndpointId, Issue, NullHandling } from '@ai-ticket-creator/domain'

/** The endpoint that a hook is called for. */
export interface HookTarget {
  readonly endpointId: EndpointId
}

/** A parsed body or query. */
export interface ParsedPart extends HookTarget {
  readonly part: 'body' | 'query'
  /** The input of the parser: after the hooks `body` and `query`. */
  readonly raw: unknown
  /** The body as the caller sent it. */
  readonly sent: unknown
}

/** The names and values of a query, in order. */
export type QueryPairs = readonly (readonly [string, string])[]

/** The hooks around the parsing of a request. */
export interface ParsingHooks {
  readonly nulls: (endpointId: EndpointId) => NullHandling
  readonly body: (raw: unknown, target: HookTarget) => unknown
  readonly query: (pairs: QueryPairs, target: HookTarget) => QueryPairs
  readonly issues: (issues: readonly Issue[], parsed: ParsedPart) => readonly Issue[]
}
