import { downgrade, type Generation, isJsonObject, type JsonObject } from '@ai-ticket-creator/domain'
import type { Ask } from '../model/case-request.ts'

/** A request in the words of a backend: cases are written in the current ones. */
export function inWordsOf(generation: Generation, ask: Ask, nameOf: (id: string) => string | undefined): Ask {
  if (generation !== 'legacy' || ask.words === 'as written') return ask
  const { endpoint, body, query } = ask
  return {
    ...ask,
    ...(isJsonObject(body) && { body: downgrade(endpoint, body, { nameOf }).body }),
    ...(query !== undefined && { query: toOldQuery(ask, query, nameOf) }),
  }
}

const toOldQuery = ({ endpoint }: Ask, query: JsonObject, nameOf: (id: string) => string | undefined): JsonObject =>
  downgrade(endpoint, query, { part: 'query', nameOf }).body
