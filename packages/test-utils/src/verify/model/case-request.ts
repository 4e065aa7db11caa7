import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'

/** A request of a case. Field names are those of the current generation; the engine translates them for a legacy backend. */
export interface CaseRequest {
  readonly endpoint: EndpointId
  /** Default: the ids of the rows that the preconditions created. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: unknown
  /** Sent in place of `body`, without encoding. */
  readonly rawBody?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Do not translate the field names for a legacy backend. */
  readonly verbatim?: true
  /** Default: the token of the run. */
  readonly token?: 'none' | 'wrong' | 'other-tenant' | AlteredToken
  /** Default: the method and path of the endpoint. */
  readonly method?: string
  readonly path?: string
}

/** The token of the run in a form that must not be accepted. */
export type AlteredToken = (typeof ALTERED_TOKENS)[number]

export const ALTERED_TOKENS = [
  'with-text-behind',
  'with-another-word',
  'without-its-end',
  'in-another-case',
  'with-another-scheme',
  'without-scheme',
] as const
