import {
  type DeprecatedUse,
  type EndpointId,
  endpointOf,
  type Generation,
  type JsonObject,
  type ParsedRequest,
  type ParseOptions,
  parseBody,
  parseQuery,
} from '@ai-ticket-creator/domain'
import { invalid } from '../errors/problem-error.ts'
import type { Store } from '../ports/ports.ts'
import type { ReadingHabits } from '../profiles/parsing-hooks.ts'
import { resolveNames } from '../services/resolve-names.ts'
import type { RequestNotes } from './response-headers.ts'

/** Reads the query and the body of a request, resolves names, notes old words, and refuses what is wrong. */

export function createReader(
  endpointId: EndpointId,
  request: { readonly search: URLSearchParams; readonly json: unknown },
  {
    generation,
    strict,
    notes,
    store,
    organizationId,
    habits,
  }: {
    readonly generation: Generation
    readonly strict: boolean
    readonly notes: RequestNotes
    readonly store: Store
    readonly organizationId: string
    readonly habits: ReadingHabits
  },
) {
  const options = { generation, strict }
  const about = { endpointId }
  const json = habits.body(request.json, about)
  const pairs = habits.query([...request.search], about)
  const accept = (part: 'body' | 'query', reading: ParsedRequest): JsonObject => {
    notes.used = union(notes.used, reading.used)
    notes.ignored = [...new Set([...notes.ignored, ...reading.ignored])]
    const raw = part === 'body' ? json : Object.fromEntries(pairs)
    const issues = habits.faults(reading.issues, { endpointId, part, raw, sent: request.json })
    if (issues.length > 0) throw invalid(issues)
    return reading.body
  }
  const read = async (
    part: 'body' | 'query',
    attempt: (options: ParseOptions) => ParsedRequest,
    stored?: JsonObject,
  ): Promise<JsonObject> => {
    const first = attempt({ ...options, stored })
    const body = accept(part, first)
    if (first.lookups.length === 0) return body

    const idOf = await resolveNames(first.lookups, { store, organizationId }, part)
    return accept(part, attempt({ ...options, stored, idOf }))
  }
  return {
    /** Notes the old words of the body, for a call that is refused before its handler reads it. */
    noteOldWords(): void {
      if (endpointOf(endpointId).body === undefined) return
      notes.used = union(notes.used, parseBody(endpointId, json, options).used)
    },
    query: () => read('query', (settings) => parseQuery(endpointId, pairs, settings)),
    body: (stored?: JsonObject) => read('body', (settings) => parseBody(endpointId, json, settings), stored),
    /** The body in the current words, checked, its names not looked up but marked as such; none where none is read. */
    unresolvedBody: (): JsonObject | undefined => {
      if (endpointOf(endpointId).body === undefined) return undefined
      const reading = parseBody(endpointId, json, options)
      const body = accept('body', reading)
      if (reading.lookups.length === 0) return body
      return parseBody(endpointId, json, { ...options, idOf: (name) => `name: ${name.trim()}` }).body
    },
  }
}
const union = (a: readonly DeprecatedUse[], b: readonly DeprecatedUse[]): readonly DeprecatedUse[] => [
  ...new Map([...a, ...b].map((use) => [use.field, use])).values(),
]
