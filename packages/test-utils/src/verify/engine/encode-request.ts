import { downgrade, type Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'

/** Translates the field names of a request to those of a legacy backend. Cases use the names of the current generation. */
export function encodeRequest(
  generation: Generation,
  request: CaseRequest,
  nameOf: (id: string) => string | undefined,
): CaseRequest {
  if (generation !== 'legacy' || request.verbatim === true) return request
  const { endpoint, body, query } = request
  return {
    ...request,
    ...(isJsonObject(body) && { body: downgrade(endpoint, body, { nameOf }).body }),
    ...(query !== undefined && { query: downgrade(endpoint, query, { part: 'query', nameOf }).body }),
  }
}
