import type { EndpointId, Method } from '@ai-ticket-creator/domain'
import type { Words } from '../negotiation/detect-generation.ts'

/** A request in the words of the backend. */
export interface WireRequest {
  /** Undefined for a path that the contract does not have. */
  readonly endpointId: EndpointId | undefined
  readonly method: Method
  /** As messages say it: with the names of its parameters, not their values. */
  readonly path: string
  /** The path below the root, encoded. */
  readonly target: string
  readonly query: object
  readonly body: unknown
  /** The words it is in; undefined where there is no choice. */
  readonly words?: Words
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
}

/** What came back, read but not understood. */
export interface WireReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** How often the request was sent. */
  readonly attempts: number
}
