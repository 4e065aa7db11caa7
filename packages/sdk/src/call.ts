import {
  downgrade,
  type EndpointId,
  encodeQuery,
  type Issue,
  type JsonObject,
  type Lookup,
  readBody,
  readQuery,
} from '@ai-ticket-creator/domain'
import { InvalidRequestError, TimeoutError } from './errors.ts'
import { interpret } from './interpret.ts'
import { checkRequestOptions, type RequestOptions, type Settings } from './options.ts'
import { createSecrets, type Secrets } from './redact.ts'
import type { WithResponse } from './result.ts'
import { send, type WireRequest } from './send.ts'
import { within } from './time-limit.ts'

/** One call of a method: it may need several requests. */
export interface Call {
  readonly settings: Settings
  readonly options: RequestOptions
  /** Aborts when the caller does, or when the time for the whole call is over. */
  readonly signal: AbortSignal
  readonly secrets: Secrets
  /** How often the present request was sent. */
  attempts: number
}

/** A request in the current form. */
export interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: JsonObject
  /** The name of the integration whose id is in the body, for a legacy backend. */
  readonly integrationName?: string | undefined
}

/** Runs a call within its limits. */
export async function perform<T>(
  settings: Settings,
  options: RequestOptions,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  checkRequestOptions(options)

  const ms = settings.totalTimeout
  const state = { attempts: 0 }
  const expired = () => new TimeoutError({ limit: 'totalTimeout', ms, attempts: state.attempts })
  const secrets = createSecrets()
  // A request id is there to be quoted.
  secrets.add(Object.entries(options.headers ?? {}).flatMap(([name, value]) => (isRequestId(name) ? [] : [value])))

  return within({ ms, expired, signal: options.signal }, (signal) =>
    work(Object.assign(state, { settings, options, signal, secrets })),
  )
}

const isRequestId = (name: string): boolean => name.toLowerCase() === 'x-request-id'

/** Asks the backend one thing in its own words, and gives its answer in the current ones. */
export async function request<T>(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<T>> {
  const wire = toWire(call, endpointId, given)
  const reply = await send(call, wire)

  // The shape is the contract's; replies are read openly, so it is not checked further.
  return interpret(call, wire, reply) as WithResponse<T>
}

function toWire(call: Call, endpointId: EndpointId, given: Given): WireRequest {
  const { params = {}, query = {}, body } = given
  if (body !== undefined) call.secrets.add([body['credentials'], body['webhook_secret'], body['webhook_url']])
  if (call.settings.generation === 'current') return { endpointId, params, query, body }

  return {
    endpointId,
    params,
    query: inOldWords(endpointId, query, 'query'),
    body: body === undefined ? undefined : inOldWords(endpointId, body, 'body', given.integrationName),
  }
}

function inOldWords(endpointId: EndpointId, value: JsonObject, part: 'query' | 'body', name?: string): JsonObject {
  const { body, kept } = downgrade(endpointId, value, { part, nameOf: () => name })
  const fields = kept.flatMap(({ current }) => current.filter((field) => Object.hasOwn(value, field)))
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => noOldWord(part, field)))

  // What servers and clients of several ages call it: the one case of two words for one value.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}

const noOldWord = (part: string, field: string): Issue => ({
  type: 'value_error',
  loc: [part, field],
  msg: `\`${field}\` can not be said with this value to a legacy backend`,
  code: 'validation_failed',
})

/** Input in the current form. */
export interface ReadInput {
  readonly body: JsonObject
  /** A name that stands for an integration's id. */
  readonly name: string | undefined
}

/**
 * Reads a body in old or new words.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function readInput(
  endpointId: EndpointId,
  input: unknown,
  known: { integrationId?: string; stored?: JsonObject } = {},
): ReadInput {
  const raw = withoutUndefined(input)
  const reading = readBody(endpointId, raw, {
    generation: 'transitional',
    idOf: () => known.integrationId,
    stored: known.stored,
  })
  const unknown = unknownAmong(reading.ignored, (keys) =>
    readBody(endpointId, withOnly(raw, keys), { generation: 'current' }),
  )
  const issues = [...reading.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: reading.body, name: nameIn(reading.lookups) }
}

/**
 * Reads a query in old or new words, given as an object.
 *
 * @throws InvalidRequestError before anything is sent, also for keys that no schema has.
 */
export function readFilters(endpointId: EndpointId, input: object, known: { integrationId?: string } = {}): ReadInput {
  const empty = Object.entries(input).filter(([, value]) => !isFilterValue(value))
  const pairs = encodeQuery(input)
  const reading = readQuery(endpointId, pairs, { generation: 'transitional', idOf: () => known.integrationId })
  const unknown = unknownAmong(reading.ignored, (keys) =>
    readQuery(
      endpointId,
      pairs.filter(([key]) => keys.includes(key)),
      { generation: 'current' },
    ),
  )
  const cursor = Object.hasOwn(input, 'cursor') ? [noCursor] : []
  const issues = [...empty.map(([key]) => emptyFilter(key)), ...cursor, ...reading.issues, ...unknown]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  return { body: reading.body, name: nameIn(reading.lookups) }
}

const withoutUndefined = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    : input

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
const nameIn = (lookups: readonly Lookup[]): string | undefined => lookups[0]?.name.trim()

// Null and an empty list would vanish from the query, and with them the filter.
const isFilterValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isWord) : value === undefined || isWord(value)

const isWord = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

// Only a backend that has announced cursors takes them.
const noCursor: Issue = {
  type: 'value_error',
  loc: ['query', 'cursor'],
  msg: '`cursor` can not be sent; walk on with `next()`, or begin elsewhere',
  code: 'validation_failed',
}

const emptyFilter = (field: string): Issue => ({
  type: 'value_error',
  loc: ['query', field],
  msg: `\`${field}\` must be a value or a list with items; leave it out to get all`,
  code: 'validation_failed',
})
