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
import type { ParsingHooks } from '../profiles/parsing-hooks.ts'
import { resolveNames } from '../services/resolve-names.ts'
import type { RequestNotes } from './response-headers.ts'

export type RequestReader = ReturnType<typeof createReader>

interface ReaderOptions {
  readonly generation: Generation
  readonly strict: boolean
  readonly notes: RequestNotes
  readonly store: Store
  readonly organizationId: string
  readonly hooks: ParsingHooks
}

/** Reads query and body of a request: upgrades them to current, resolves names, records notes, refuses what is invalid. */
export function createReader(
  endpointId: EndpointId,
  request: { readonly search: URLSearchParams; readonly json: unknown },
  { generation, strict, notes, store, organizationId, hooks }: ReaderOptions,
) {
  const options = { generation, strict, nulls: hooks.nulls(endpointId) }
  const target = { endpointId }
  const json = hooks.body(request.json, target)
  const pairs = hooks.query([...request.search], target)
  const accept = (part: 'body' | 'query', parsed: ParsedRequest): JsonObject => {
    notes.used = union(notes.used, parsed.used)
    notes.ignored = [...new Set([...notes.ignored, ...parsed.ignored])]
    const raw = part === 'body' ? json : Object.fromEntries(pairs)
    const issues = hooks.issues(parsed.issues, { endpointId, part, raw, sent: request.json })
    if (issues.length > 0) throw invalid(issues)
    return parsed.body
  }
  const read = async (
    part: 'body' | 'query',
    parse: (options: ParseOptions) => ParsedRequest,
    stored?: JsonObject,
  ): Promise<JsonObject> => {
    const first = parse({ ...options, stored })
    const body = accept(part, first)
    if (first.lookups.length === 0) return body

    const idOf = await resolveNames(first.lookups, { store, organizationId, generation }, part)
    return accept(part, parse({ ...options, stored, idOf }))
  }
  return {
    /** Records deprecated fields of the body, for a call that is refused before its handler reads the body. */
    recordDeprecatedUse(): void {
      if (endpointOf(endpointId).body === undefined) return
      notes.used = union(notes.used, parseBody(endpointId, json, options).used)
    },
    query: () => read('query', (settings) => parseQuery(endpointId, pairs, settings)),
    /** Reports the fields that were sent to an endpoint without a body. */
    checkUnusedBody(): void {
      if (endpointOf(endpointId).body === undefined && json !== undefined)
        accept('body', parseBody(endpointId, json, options))
    },
    body: (stored?: JsonObject) => read('body', (settings) => parseBody(endpointId, json, settings), stored),
    /** The checked body in the current form, with each integration name in place of its id; undefined without a body. */
    unresolvedBody: (): JsonObject | undefined => {
      if (endpointOf(endpointId).body === undefined) return undefined
      const parsed = parseBody(endpointId, json, options)
      const body = accept('body', parsed)
      if (parsed.lookups.length === 0) return body
      return parseBody(endpointId, json, { ...options, idOf: (name) => `name: ${name.trim()}` }).body
    },
  }
}

const union = (a: readonly DeprecatedUse[], b: readonly DeprecatedUse[]): readonly DeprecatedUse[] => [
  ...new Map([...a, ...b].map((use) => [use.field, use])).values(),
]
