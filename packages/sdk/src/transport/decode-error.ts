import type { JsonObject, ProblemCandidate, ProblemCode, problems } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { ResponseMetadata } from '../core/result.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { ApiError } from '../errors/api-error.ts'
import {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from '../errors/integration-errors.ts'
import type { Issue } from '../errors/issue.ts'
import type { Secrets } from '../errors/redact.ts'
import { objectIn, retryAfterOf, wordIn } from './reply-fields.ts'

// Errors
export function toError(
  request: WireRequest,
  reply: WireReply,
  { requestId }: ResponseMetadata,
  secrets: Secrets,
): Error {
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
} satisfies {
  readonly [Code in ProblemCode]?: (typeof problems)[Code]['status']
}
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
