import {
  type EndpointId,
  type JsonObject,
  type Lookup,
  parseBody,
  parseQuery,
  upgrade,
} from '@ai-ticket-creator/domain'
import { encodeQuery, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { crossEndpointAliases } from '../deprecations/borrowed-fields.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** Input in the current form. */
export interface ParsedInput {
  readonly body: JsonObject
  /** A name that stands for an integration's id. */
  readonly name: string | undefined
}

/** What is known beside the input. */
export interface KnownFacts {
  /** What a name in it was found to mean. */
  readonly integrationId?: string | undefined
  /** The stored row in the current form, on an update: it decides between two spellings that disagree. */
  readonly stored?: JsonObject | undefined
}

/**
 * Reads a body in old or new words.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseInput(endpointId: EndpointId, input: unknown, known: KnownFacts = {}): ParsedInput {
  const raw = withoutBorrowed(endpointId, withoutUndefined(input), known)
  const reading = parseBody(endpointId, raw, {
    generation: 'transitional',
    idOf: () => known.integrationId,
    stored: known.stored,
  })
  const unknown = unknownAmong(reading.ignored, (keys) =>
    parseBody(endpointId, withOnly(raw, keys), { generation: 'current' }),
  )
  const issues = [...reading.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: reading.body, name: integrationNameIn(reading.lookups) }
}

/** Reads a body; what its name was found to mean is put into what was read already, which is all that is new then. */
export function createInputParser(endpointId: EndpointId, input: unknown): (known: KnownFacts) => ParsedInput {
  let first: ParsedInput | undefined
  return (known) => {
    const { integrationId } = known
    if (first === undefined || integrationId === undefined) {
      first = parseInput(endpointId, input, known)
      return first
    }
    const { body, issues } = upgrade(endpointId, first.body, { idOf: () => integrationId })
    // An id that was given as well has to agree: a whole reading says it in the caller's words.
    return issues.length === 0 ? { body, name: undefined } : parseInput(endpointId, input, known)
  }
}

/**
 * Reads a query in old or new words, given as an object.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseFilters(endpointId: EndpointId, input: object, known: KnownFacts = {}): ParsedInput {
  const pairs = encodeQuery(input)
  const reading = parseQuery(endpointId, pairs, { generation: 'transitional', idOf: () => known.integrationId })
  const unknown = unknownAmong(reading.ignored, (keys) =>
    parseQuery(
      endpointId,
      pairs.filter(([key]) => keys.includes(key)),
      { generation: 'current' },
    ),
  )
  const cursor = Object.hasOwn(input, 'cursor') ? [noCursor()] : []
  const issues = [...emptyFilters(input), ...cursor, ...reading.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: reading.body, name: integrationNameIn(reading.lookups) }
}

const withoutUndefined = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    : input

function withoutBorrowed(endpointId: EndpointId, raw: unknown, { stored }: KnownFacts): unknown {
  const words = Object.entries(crossEndpointAliases[endpointId] ?? {})
  if (!isJsonObject(raw)) return raw
  return words.reduce((body, [word, from]) => (Object.hasOwn(body, word) ? inNewWords(from, body, stored) : body), raw)
}

function inNewWords(endpointId: EndpointId, body: JsonObject, stored: JsonObject | undefined): JsonObject {
  const { issues, body: current } = upgrade(endpointId, body, { stored })
  if (issues.length > 0) throw new InvalidRequestError(issues)
  return current
}

const withOnly = (raw: unknown, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(raw ?? {}).filter(([key]) => keys.includes(key)))

// What has no effect is either moved by the server itself, which is fine, or a name that nobody knows. The current
// generation tells the two apart and suggests a name.
function unknownAmong(
  ignored: readonly string[],
  read: (keys: readonly string[]) => { readonly issues: readonly Issue[] },
): readonly Issue[] {
  return ignored.length === 0 ? [] : read(ignored).issues.filter(({ code }) => code === 'unknown_field')
}

// All names in one request are equal: those that disagree are issues.
const integrationNameIn = (lookups: readonly Lookup[]): string | undefined => lookups[0]?.name.trim()

/** Null and an empty list would vanish from the query, and with them the filter. */
export const emptyFilters = (query: object): Issue[] =>
  Object.entries(query).flatMap(([field, value]) => (isFilterValue(value) ? [] : [emptyFilter(field)]))

const isFilterValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isWord) : value === undefined || isWord(value)

const isWord = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

// Only a backend that has announced cursors takes them.
const noCursor = (): Issue =>
  issueAt(['query', 'cursor'], '`cursor` can not be sent; walk on with `next()`, or begin elsewhere')

const emptyFilter = (field: string): Issue =>
  issueAt(['query', field], `\`${field}\` must be a value or a list with items; leave it out to get all`)
