import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { WireGeneration, WireRequest } from './wire.ts'

/** A request to an endpoint in the current form. */
export interface RequestInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: JsonObject
  /** The name that a legacy backend gets instead of the integration's id. The caller may have given the name of a platform. */
  readonly sentIntegrationName?: string | undefined
  /** The name of the integration as it is stored. The reply of a legacy backend may show this one. */
  readonly storedIntegrationName?: string | undefined
  /** Headers of this request only. They override the caller's headers; undefined removes a header. */
  readonly headers?: WireRequest['headers']
  /** The body for this backend, where it differs from the contract. */
  readonly deployedBody?: JsonObject
  /** The row before a write, where it is known. After a 500, a comparison with it shows what was written. */
  readonly stored?: JsonObject
  /** Whether the caller applies the filters of the query itself, so that a filter which the backend lacks is left out. */
  readonly filtersOnClient?: boolean
  /** Set when a read is sent again in the other generation. */
  readonly generation?: WireGeneration
}

/** A request to an endpoint in the current form, and the generation that it is sent in. */
export interface SentRequest {
  readonly endpointId: EndpointId
  readonly generation: WireGeneration
  readonly input: RequestInput
}
