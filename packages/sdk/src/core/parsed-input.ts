import type { JsonObject } from '@ai-ticket-creator/domain'
import type { RequestInput } from './sent-request.ts'

/** Input in the current form. */
export interface ParsedInput {
  readonly body: JsonObject
  /** The name of an integration, given instead of its id. */
  readonly name?: string | undefined
}

/** Values that are needed for parsing and are not in the input. */
export interface KnownFacts {
  /** The id of the integration that the input names. */
  readonly integrationId?: string | undefined
  /** The stored row in the current form, for an update. It shows which of two names of a field has the changed value. */
  readonly stored?: JsonObject | undefined
}

/** Parses the input of a call. It is called again when more facts are known. */
export type ParseInput = (known: KnownFacts) => ParsedInput

/** A body in the current form, and the name of its integration where the backend needs one. */
export type ResolvedBody = Required<Pick<RequestInput, 'body'>> &
  Pick<RequestInput, 'sentIntegrationName' | 'storedIntegrationName'>
