import type { EndpointId } from '@ai-ticket-creator/domain'
import { encodeQuery, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { toJsonValue } from '../core/json-value.ts'
import type { KnownFacts, ParsedInput } from '../core/parsed-input.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/**
 * Parses a body.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseInput(
  { dialect }: CallContext,
  endpointId: EndpointId,
  input: unknown,
  known: KnownFacts = {},
): ParsedInput {
  assertFieldCount(input)
  const { issues, body, name } = dialect.parseBody(endpointId, withoutUndefined(toJsonValue(input)), known)
  if (issues.length > 0) throw new InvalidRequestError(issues)
  return { body, name }
}

/**
 * Parses a query that is given as an object.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function parseFilters(
  { dialect }: CallContext,
  endpointId: EndpointId,
  input: object,
  known: KnownFacts = {},
): ParsedInput {
  if (!isJsonObject(input)) throw new InvalidRequestError([issueAt(['query'], 'the filters must be an object')])
  // No filter is required.
  if (Object.keys(input).length === 0) return { body: {} }
  assertFieldCount(input)

  const { issues: faults, body, name } = dialect.parseQuery(endpointId, encodeQuery(input), known)
  const cursor = Object.hasOwn(input, 'cursor') ? [cursorIssue()] : []
  const issues = [...emptyFilters(input), ...cursor, ...faults]
  if (issues.length > 0) throw new InvalidRequestError(issues)
  return { body, name }
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

/** The issues of filters that are null or an empty list: without these filters, all rows would be returned. */
export const emptyFilters = (query: object): Issue[] =>
  Object.entries(query).flatMap(([field, value]) => (isFilterValue(value) ? [] : [emptyFilterIssue(field)]))

const isFilterValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isScalar) : value === undefined || isScalar(value)

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

// Only a backend that announces cursors accepts them.
const cursorIssue = (): Issue => issueAt(['query', 'cursor'], '`cursor` cannot be sent; use `next()` for the next page')

const emptyFilterIssue = (field: string): Issue =>
  issueAt(['query', field], `\`${field}\` must be a value or a list with items; leave it out to get all`)
