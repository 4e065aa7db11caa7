import type { EndpointId, Method } from '@ai-ticket-creator/domain'

/** The generation that a request is encoded in. A transitional backend accepts both. */
export type WireGeneration = 'legacy' | 'current'

/** A request as it is sent. */
export interface WireRequest {
  /** Undefined for a path that is not in the contract. */
  readonly endpointId: EndpointId | undefined
  readonly method: Method
  /** The path for messages: with the names of its parameters, not their values. */
  readonly path: string
  /** The path below the root, encoded. */
  readonly target: string
  readonly query: object
  readonly body: unknown
  /** Undefined where both generations have the same request. */
  readonly generation?: WireGeneration
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
}

/** A complete reply, not decoded yet. */
export interface WireReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}
