import { type EndpointId, type Generation, type JsonObject, upgrade } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../../core/json.ts'
import type { CaseRequest } from './case-request.ts'

/** One request and its reply. */
export interface Reply {
  readonly request: CaseRequest
  readonly endpoint: EndpointId
  readonly method: string
  /** The path with the names of its parameters, without their values. */
  readonly path: string
  /** Generation of the request and of the reply. */
  readonly generation: Generation
  readonly strict: boolean
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined if the body is not JSON. */
  readonly json: unknown
  /** The body with the field names of the current generation. */
  readonly current: unknown
  /** The members of `current`, if it is an object. */
  readonly fields: JsonObject
  /** Secrets of the request; no reply may contain them. */
  readonly secrets: readonly string[]
}

/** A reply before its body is parsed. */
export type RawReply = Omit<Reply, 'json' | 'current' | 'fields'>

/** Parses the body and upgrades it to the current generation. */
export function parseReply(raw: RawReply): Reply {
  const { endpoint, status, text } = raw
  const json = parseJson(text)
  const current = status < 300 ? upgrade(endpoint, json, { part: 'reply' }).body : json
  return { ...raw, json, current, fields: isJsonObject(current) ? current : {} }
}

/** The row in the reply to a write. An AI draft returns its ticket beside the analysis. */
export function writtenRow(reply: Reply | undefined): JsonObject {
  const fields = reply?.fields ?? {}
  return isJsonObject(fields['ticket']) ? fields['ticket'] : fields
}

/** The rows of a list, or the one row of a reply, with the field names of the current generation. */
export const entitiesOf = ({ endpoint, current }: Reply): readonly JsonObject[] => entitiesIn(endpoint, current) ?? []
