import { downgrade, type Generation, type JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'

/** A request in the words of a backend: cases are written in the current ones. */
export function encodeRequest(
  generation: Generation,
  ask: CaseRequest,
  nameOf: (id: string) => string | undefined,
): CaseRequest {
  if (generation !== 'legacy' || ask.words === 'as written') return ask
  const { endpoint, body, query } = ask
  return {
    ...ask,
    ...(isJsonObject(body) && { body: downgrade(endpoint, body, { nameOf }).body }),
    ...(query !== undefined && { query: toOldQuery(ask, query, nameOf) }),
  }
}

const toOldQuery = (
  { endpoint }: CaseRequest,
  query: JsonObject,
  nameOf: (id: string) => string | undefined,
): JsonObject => downgrade(endpoint, query, { part: 'query', nameOf }).body
