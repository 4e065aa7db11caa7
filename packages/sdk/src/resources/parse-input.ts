import {
  type EndpointId,
  type JsonObject,
  type Lookup,
  parseBody,
  parseQuery,
  upgrade,
} from '@ai-ticket-creator/domain'
import { encodeQuery, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { toJsonValue } from '../core/json-value.ts'
import { crossEndpointAliases } from '../legacy/cross-endpoint-aliases.ts'
import { type Issue, issueAt, MAX_ISSUES } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** Input in the current form. */
export interface ParsedInput {
  readonly body: JsonObject
  /** The name of an integration, given instead of its id. */
  readonly name: string | undefined
}

/** Facts that the input alone does not show. */
export interface KnownFacts {
  /** The id of the integration that the input names. */
  readonly integrationId?: string | undefined
  /** The stored row in the current form, for an update: it decides between two spellings that disagree. */
  readonly stored?: JsonObject | undefined
}

/**
 * Parses a body with old or new names.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseInput(endpointId: EndpointId, input: unknown, known: KnownFacts = {}): ParsedInput {
  assertFieldCount(input)
  const raw = withoutAliases(endpointId, withoutUndefined(toJsonValue(input)), known)
  const parsed = parseBody(endpointId, raw, {
    generation: 'transitional',
    idOf: () => known.integrationId,
    stored: known.stored,
  })
  const unknown = unknownFields(parsed.ignored, (keys) =>
    parseBody(endpointId, withOnly(raw, keys), { generation: 'current' }),
  )
  const issues = [...parsed.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: parsed.body, name: integrationNameIn(parsed.lookups) }
}

/** Parses a body once. When called again with the id of its integration, it only fills that in. */
export function createInputParser(endpointId: EndpointId, input: unknown): (known: KnownFacts) => ParsedInput {
  let first: ParsedInput | undefined
  return (known) => {
    const { integrationId } = known
    if (first === undefined || integrationId === undefined) {
      first = parseInput(endpointId, input, known)
      return first
    }
    const { body, issues } = upgrade(endpointId, first.body, { idOf: () => integrationId })
    // An id that was given beside the name disagrees. Parsing the input again reports it with the caller's names.
    return issues.length === 0 ? { body, name: undefined } : parseInput(endpointId, input, known)
  }
}

/**
 * Parses a query with old or new names, given as an object.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseFilters(endpointId: EndpointId, input: object, known: KnownFacts = {}): ParsedInput {
  if (!isJsonObject(input)) throw new InvalidRequestError([issueAt(['query'], 'the filters must be an object')])
  assertFieldCount(input)

  const pairs = encodeQuery(input)
  const parsed = parseQuery(endpointId, pairs, { generation: 'transitional', idOf: () => known.integrationId })
  const unknown = unknownFields(parsed.ignored, (keys) =>
    parseQuery(
      endpointId,
      pairs.filter(([key]) => keys.includes(key)),
      { generation: 'current' },
    ),
  )
  const cursor = Object.hasOwn(input, 'cursor') ? [cursorIssue()] : []
  const issues = [...emptyFilters(input), ...cursor, ...parsed.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: parsed.body, name: integrationNameIn(parsed.lookups) }
}

// Far above the number of fields of any endpoint. A suggestion for each of many unknown names would take minutes.
const MAX_FIELDS = 1000

function assertFieldCount(input: unknown): void {
  const count = isJsonObject(input) ? Object.keys(input).length : 0
  if (count > MAX_FIELDS)
    throw new InvalidRequestError([issueAt(['body'], `the input has ${count} fields; no endpoint has that many`)])
}

const withoutUndefined = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    : input

/** Replaces old names that this endpoint never had, but the one that creates the ticket did. */
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
// current generation tells which, and suggests a name.
function unknownFields(
  ignored: readonly string[],
  parse: (keys: readonly string[]) => { readonly issues: readonly Issue[] },
): readonly Issue[] {
  if (ignored.length === 0) return []
  // An error shows no more of them, and a suggestion for each takes a while.
  const explained = ignored.slice(0, MAX_ISSUES)
  return parse(explained).issues.filter(({ code }) => code === 'unknown_field')
}

// All names in one request are equal; different ones are an issue.
const integrationNameIn = (lookups: readonly Lookup[]): string | undefined => lookups[0]?.name.trim()

/** Null and an empty list would be left out of the query, and the filter with them. */
export const emptyFilters = (query: object): Issue[] =>
  Object.entries(query).flatMap(([field, value]) => (isFilterValue(value) ? [] : [emptyFilterIssue(field)]))

const isFilterValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isScalar) : value === undefined || isScalar(value)

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

// Only a backend that announces cursors accepts them.
const cursorIssue = (): Issue => issueAt(['query', 'cursor'], '`cursor` cannot be sent; use `next()` for the next page')

const emptyFilterIssue = (field: string): Issue =>
  issueAt(['query', field], `\`${field}\` must be a value or a list with items; leave it out to get all`)
