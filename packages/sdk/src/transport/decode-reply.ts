import {
  changesOf,
  type EndpointId,
  endpointOf,
  type Generation,
  isJsonObject,
  type JsonObject,
  type ProblemCandidate,
  type ProblemCode,
  type problems,
  upgrade,
} from '@ai-ticket-creator/domain'
import type { ResponseFacts, WithResponse } from '../core/result.ts'
import type { Call } from '../core/run-call.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { withLegacyFields } from '../deprecations/legacy-accessors.ts'
import { noteNotices } from '../deprecations/read-headers.ts'
import {
  AmbiguousIntegrationError,
  ApiError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
  type Issue,
  ResponseMismatchError,
} from '../errors/base.ts'
import type { Secrets } from '../errors/redact.ts'
import { evidenceIn } from '../negotiation/detect-generation.ts'
import { objectIn, retryAfterOf, wordIn } from './reply-fields.ts'
import { checkDrift } from './validate-reply.ts'

/** Reads a reply: its data in the current form, or the error that it tells. No network in here. */
export function interpret(
  call: Pick<Call, 'settings' | 'secrets' | 'shown'>,
  request: WireRequest,
  reply: WireReply,
): WithResponse<unknown> {
  const { settings, secrets } = call
  noteNotices(call, request, reply.headers)

  const facts = responseFacts(request, reply, secrets)
  if (reply.status < 200 || reply.status > 299) {
    hear(call, request, reply, objectIn(reply.text))
    throw toError(request, reply, facts, secrets)
  }

  const { endpointId } = request
  const raw = hasNoBody(request, reply) ? undefined : parse(request, reply, facts)
  const response = { ...facts, generation: hear(call, request, reply, raw) }
  if (endpointId === undefined || raw === undefined) return { data: raw, response, unverified: [] }

  const data = upgrade(endpointId, raw, { part: 'reply' }).body
  const entities = entitiesOf(endpointId, data)
  if (entities === undefined) throw mismatch(request, response, 'is not of the agreed kind')

  const originals = entitiesOf(endpointId, raw) ?? []
  if (hasFlag(endpointId)) for (const entity of entities) deriveEnabled(request, response, entity)
  checkDrift(call, request, endpointId, { data, entities }, response)

  withLegacyFields(settings, endpointId, entities, originals)
  return { data, response, unverified: [] }
}

// A path that the contract does not have may well answer with nothing.
const hasNoBody = ({ endpointId }: WireRequest, { text }: WireReply): boolean =>
  endpointId === undefined ? text === '' : endpointOf(endpointId).reply === undefined

/** Learns what a reply shows of the generation of its backend. */
function hear(
  call: Pick<Call, 'settings' | 'shown'>,
  { endpointId }: WireRequest,
  { status, headers }: WireReply,
  body: unknown,
): Generation | undefined {
  const { memo } = call.settings.backend
  const evidence = evidenceIn({ endpointId, status, headers, body })
  if (evidence !== undefined) memo.hear(evidence)
  else if (endpointId === 'integrations.list' && status === 200) memo.mute = true
  call.shown = evidence?.generation
  return call.shown
}

function responseFacts({ words }: WireRequest, { status, headers }: WireReply, secrets: Secrets): ResponseFacts {
  const id = headers.get('X-Request-Id') ?? ''
  const plain = /^[\w.:@/+=-]{1,200}$/.test(id) && secrets.hide(id) === id
  return { status, headers, requestId: plain ? id : undefined, spoken: words, generation: undefined }
}

function parse(request: WireRequest, { text }: WireReply, response: ResponseFacts): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw mismatch(request, response, text === '' ? 'is empty' : 'is not JSON')
  }
}

function mismatch(
  { endpointId, method, path }: WireRequest,
  { status, requestId }: ResponseFacts,
  what: string,
): ResponseMismatchError {
  return new ResponseMismatchError(`${method} ${path} was answered with ${status}, but the reply ${what}`, {
    endpoint: endpointId,
    status,
    requestId,
  })
}

type MutableObject = Record<string, unknown>

/** The entities of a reply; undefined when it is of another kind than agreed. */
function entitiesOf(endpointId: EndpointId, reply: unknown): MutableObject[] | undefined {
  const { envelope } = endpointOf(endpointId)
  const inner = envelope === 'items' || envelope === 'ticket' ? isJsonObject(reply) && reply[envelope] : reply
  const isList = envelope === 'items' || envelope === 'array'
  const list: unknown[] = isList ? (Array.isArray(inner) ? inner : [undefined]) : [inner]
  return list.every((item): item is MutableObject => isJsonObject(item)) ? list : undefined
}

const hasFlag = (endpointId: EndpointId): boolean =>
  changesOf(endpointId, 'reply').some(({ current }) => current.includes('enabled'))

/** Legacy replies do not say `enabled`; the filter that they answer does, and two statuses. Nothing is invented. */
function deriveEnabled({ query }: WireRequest, { generation }: ResponseFacts, entity: MutableObject): void {
  if (typeof entity['enabled'] === 'boolean') return
  // One that has read over the filter shows that it does not know the word.
  const asked = isJsonObject(query) && generation !== 'current' ? query['is_enabled'] : undefined
  if (typeof asked === 'boolean') entity['enabled'] = asked
  else if (entity['status'] === 'active') entity['enabled'] = true
  else if (entity['status'] === 'inactive') entity['enabled'] = false
}

// Errors

function toError(request: WireRequest, reply: WireReply, { requestId }: ResponseFacts, secrets: Secrets): Error {
  const problem = readProblem(reply, secrets)
  const said = {
    integrationName: undefined,
    id: wordIn(isJsonObject(request.body) ? request.body : {}, 'integration_id'),
    requestId,
  }
  switch (problem.code) {
    case 'integration_not_found':
      return new IntegrationNotFoundError(problem.detail, said)
    case 'integration_unusable':
      return new IntegrationUnusableError(problem.detail, { ...said, reason: problem.reason })
    case 'ambiguous_integration_name':
      return new AmbiguousIntegrationError(problem.detail, { ...said, candidates: problem.candidates })
    default:
      return apiError(request, reply, requestId, problem)
  }
}

function apiError(
  { endpointId, method, path }: WireRequest,
  { status, attempts }: WireReply,
  requestId: string | undefined,
  { code, issues, retryAfter, detail }: ReadProblem,
): ApiError {
  const text = issues.length > 0 ? issues.map(({ msg }) => msg).join('; ') : detail
  const message = `${method} ${path} was answered with ${status}${code === undefined ? '' : ` ${code}`}`
  const id = requestId === undefined ? '' : ` (request ${requestId})`
  return new ApiError(`${message}${text === '' ? '' : `: ${text}`}${id}`, {
    endpoint: endpointId,
    status,
    code,
    issues,
    requestId,
    retryAfter,
    attempts,
  })
}

interface ReadProblem {
  readonly code: string | undefined
  readonly detail: string
  readonly issues: readonly Issue[]
  readonly reason: string
  readonly candidates: readonly ProblemCandidate[]
  readonly retryAfter: number | undefined
}

// Existing backends echo the whole request beside an issue (`input`, `ctx`) and append SQL to the text of a 500: only
// named members are taken, of a 5xx no text at all, and what the call sent in secret is taken out of the rest.
function readProblem(reply: WireReply, secrets: Secrets): ReadProblem {
  const body = objectIn(reply.text)
  const detail = body['detail']
  const quotable = reply.status < 500
  return {
    code: codeIn(body, reply.status, secrets),
    detail: quotable && typeof detail === 'string' ? clean(detail, secrets) : '',
    issues:
      quotable && Array.isArray(detail) ? detail.filter(isJsonObject).map((item) => readIssue(item, secrets)) : [],
    reason: clean(wordIn(body, 'reason') ?? 'unknown', secrets),
    candidates: listIn(body, 'candidates').map((item) => ({
      id: clean(wordIn(item, 'id') ?? '', secrets),
      name: clean(wordIn(item, 'name') ?? '', secrets),
      platform_name: clean(wordIn(item, 'platform_name') ?? '', secrets),
      status: clean(wordIn(item, 'status') ?? '', secrets),
    })),
    retryAfter: retryAfterOf(reply.headers, body),
  }
}

// The existing backend sends no codes; these statuses have one meaning only. By its type alone the domain's table holds
// them: its sentences would go into every bundle.
const statuses = {
  unauthenticated: 401,
  not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  internal: 500,
} satisfies { readonly [Code in ProblemCode]?: (typeof problems)[Code]['status'] }
const codeOfStatus = new Map<number, string>(Object.entries(statuses).map(([code, status]) => [status, code]))

function codeIn(body: JsonObject, status: number, secrets: Secrets): string | undefined {
  const code = wordIn(body, 'code') ?? ''
  return /^[a-z][a-z0-9_]{0,60}$/.test(code) && secrets.hide(code) === code ? code : codeOfStatus.get(status)
}

function readIssue(item: JsonObject, secrets: Secrets): Issue {
  const loc: readonly unknown[] = Array.isArray(item['loc']) ? item['loc'] : []
  const replacement = wordIn(item, 'replacement')
  return {
    type: clean(wordIn(item, 'type') ?? 'value_error', secrets),
    loc: loc.map((step) => (typeof step === 'number' ? step : clean(String(step), secrets))),
    msg: clean(wordIn(item, 'msg') ?? 'is not valid', secrets),
    code: clean(wordIn(item, 'code') ?? 'validation_failed', secrets),
    ...(replacement !== undefined && { replacement: clean(replacement, secrets) }),
  }
}

function clean(text: string, secrets: Secrets): string {
  const hidden = secrets.hide(text)
  return hidden.length > 500 ? `${hidden.slice(0, 500)}…` : hidden
}

function listIn(body: JsonObject, key: string): readonly JsonObject[] {
  const value = body[key]
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
