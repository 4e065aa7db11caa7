import { type EndpointId, type JsonObject, parseBody, parseQuery, upgrade } from '@ai-ticket-creator/domain'
import {
  changesAccepting,
  crossEndpointAliases,
  fieldIssuesFirst,
  isJsonObject,
} from '@ai-ticket-creator/domain/internal'
import type { ParsedFields } from '../core/call-context.ts'
import type { KnownFacts } from '../core/parsed-input.ts'
import { type Issue, MAX_ISSUES } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** Parses a body with old or new names. */
export function parseOldBody(endpointId: EndpointId, input: unknown, known: KnownFacts): ParsedFields {
  const raw = withoutAliases(endpointId, input, known)
  const { body, issues, ignored, lookups } = parseBody(endpointId, raw, {
    generation: 'transitional',
    idOf: () => known.integrationId,
    stored: known.stored,
  })
  const unknown = unknownFields(ignored, (keys) =>
    parseBody(endpointId, withOnly(raw, keys), { generation: 'current' }),
  )
  return { body, issues: fieldIssuesFirst([...issues, ...unknown]), name: nameIn(lookups) }
}

/** Parses a query with old or new names. */
export function parseOldQuery(
  endpointId: EndpointId,
  pairs: readonly (readonly [string, string])[],
  known: KnownFacts,
): ParsedFields {
  const { body, issues, ignored, lookups } = parseQuery(endpointId, pairs, {
    generation: 'transitional',
    idOf: () => known.integrationId,
  })
  const unknown = unknownFields(ignored, (keys) =>
    parseQuery(
      endpointId,
      pairs.filter(([key]) => keys.includes(key)),
      { generation: 'current' },
    ),
  )
  return { body, issues: [...issues, ...unknown], name: nameIn(lookups) }
}

/** The current name of a field of a body; the same if the field has no other. */
export const currentNameOf = (endpointId: EndpointId, field: string): string =>
  changesAccepting(endpointId, 'body').find(({ retired }) => Object.hasOwn(retired, field))?.retired[field]
    ?.replacement ?? field

/** Replaces old names that only another endpoint had, such as the create of a ticket, and that this endpoint accepts too. */
function withoutAliases(endpointId: EndpointId, raw: unknown, { stored }: KnownFacts): unknown {
  const aliases = Object.entries(crossEndpointAliases[endpointId] ?? {})
  if (!isJsonObject(raw)) return raw
  return aliases.reduce(
    (body, [alias, from]) => (Object.hasOwn(body, alias) ? upgraded(from, body, stored) : body),
    raw,
  )
}

function upgraded(endpointId: EndpointId, body: JsonObject, stored: JsonObject | undefined): JsonObject {
  const { issues, body: current } = upgrade(endpointId, body, { stored })
  if (issues.length > 0) throw new InvalidRequestError(issues)
  return current
}

const withOnly = (raw: unknown, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(raw ?? {}).filter(([key]) => keys.includes(key)))

// An ignored field is either one that the backend sets itself, which is fine, or one that does not exist. Parsing it in the
// current generation shows which, and suggests a name.
function unknownFields(
  ignored: readonly string[],
  parse: (keys: readonly string[]) => { readonly issues: readonly Issue[] },
): readonly Issue[] {
  if (ignored.length === 0) return []
  // An error shows at most this many issues, and the suggestion in each of them takes time.
  const explained = ignored.slice(0, MAX_ISSUES)
  return parse(explained).issues.filter(({ code }) => code === 'unknown_field')
}

// Different names in one request are reported as an issue, so the first one is enough.
const nameIn = (lookups: readonly { readonly name: string }[]): string | undefined => lookups[0]?.name.trim()
