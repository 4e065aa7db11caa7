import { type EndpointId, type Generation, type JsonObject, upgrade } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../../core/json.ts'
import type { CaseRequest } from './case-request.ts'

/** One request and what came back. */
export interface Reply {
  readonly ask: CaseRequest
  readonly endpoint: EndpointId
  readonly method: string
  /** With the names of its parameters, not their values. */
  readonly path: string
  /** The words that were asked and answered in. */
  readonly generation: Generation
  readonly strict: boolean
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined when it is no JSON. */
  readonly json: unknown
  /** The same in the current words. */
  readonly current: unknown
  /** The fields of `current`, when it is an object. */
  readonly fields: JsonObject
  /** What is secret in the request, to be looked for in the reply. */
  readonly secrets: readonly string[]
}

/** What is known before the body is read. */
export type Received = Omit<Reply, 'json' | 'current' | 'fields'>

/** A reply with its body in both words. */
export function readReply(received: Received): Reply {
  const { endpoint, status, text } = received
  const json = parseJson(text)
  const current = status < 300 ? upgrade(endpoint, json, { part: 'reply' }).body : json
  return { ...received, json, current, fields: isJsonObject(current) ? current : {} }
}

/** The rows of a list, or the one row that a reply shows; in the current words. */
export const entitiesOf = ({ endpoint, current }: Reply): readonly JsonObject[] => entitiesIn(endpoint, current) ?? []
