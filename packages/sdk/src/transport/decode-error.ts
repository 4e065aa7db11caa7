import type { JsonObject, ProblemCandidate, ProblemCode, problems } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import type { ParsedReply } from '../core/exchange.ts'
import type { WireRequest } from '../core/wire.ts'
import { ApiError } from '../errors/api-error.ts'
import {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from '../errors/integration-errors.ts'
import { describeIssues, type Issue, MAX_ISSUES } from '../errors/issue.ts'
import type { Secrets } from '../errors/redact.ts'
import { retryAfterOf, stringIn } from './reply-fields.ts'

/** The error that an error reply describes. */
export function toError(call: CallContext, request: WireRequest, reply: ParsedReply): Error {
  const problem = readProblem(reply, call.secrets)
  const options = {
    integrationName: undefined,
    id: stringIn(isJsonObject(request.body) ? request.body : {}, 'integration_id'),
    requestId: reply.requestId,
  }
  switch (problem.code) {
    case 'integration_not_found':
      return new IntegrationNotFoundError(problem.detail, options)
    case 'integration_unusable':
      return new IntegrationUnusableError(problem.detail, { ...options, reason: problem.reason })
    case 'ambiguous_integration_name':
      return new AmbiguousIntegrationError(problem.detail, { ...options, candidates: problem.candidates })
    default:
      return apiError(call, request, reply, problem)
  }
}

function apiError(
  { log: { attempts } }: CallContext,
  { endpointId, method, path }: WireRequest,
  { status, requestId }: ParsedReply,
  { code, issues, issueCount, retryAfter, detail }: ReadProblem,
): ApiError {
  const text = issues.length > 0 ? describeIssues(issues, issueCount) : detail
  const message = `${method} ${path} was answered with ${status}${code === undefined ? '' : ` ${code}`}`
  const id = requestId === undefined ? '' : ` (request ${requestId})`
  const wait = retryAfter === undefined ? '' : `; try again in ${retryAfter} s`
  return new ApiError(`${message}${text === '' ? '' : `: ${text}`}${wait}${id}`, {
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
  /** How many issues the reply has. */
  readonly issueCount: number
  readonly reason: string
  readonly candidates: readonly ProblemCandidate[]
  readonly retryAfter: number | undefined
}

// Existing backends return the whole request beside an issue (`input`, `ctx`) and append SQL to the text of a 500. So only
// named members are read, no text of a 5xx, and the secrets of the call are removed from the rest.
function readProblem({ status, headers, body }: ParsedReply, secrets: Secrets): ReadProblem {
  const problem = isJsonObject(body) ? body : {}
  const { detail } = problem
  const isQuotable = status < 500
  const items = isQuotable && Array.isArray(detail) ? detail.filter(isJsonObject) : []
  return {
    code: codeIn(problem, status, secrets),
    detail: isQuotable && typeof detail === 'string' ? clean(detail, secrets) : '',
    issues: items.slice(0, MAX_ISSUES).map((item) => readIssue(item, secrets)),
    issueCount: items.length,
    reason: clean(stringIn(problem, 'reason') ?? 'unknown', secrets),
    candidates: listIn(problem, 'candidates')
      .slice(0, MAX_ISSUES)
      .map((item) => readCandidate(item, secrets)),
    retryAfter: retryAfterOf(headers, problem),
  }
}

// The existing backend sends no codes; these statuses have only one code. The table is type-checked against the domain's,
// which is not imported, to keep its messages out of the bundle.
const STATUSES = {
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

const codeOfStatus = new Map<number, string>(Object.entries(STATUSES).map(([code, status]) => [status, code]))

function codeIn(problem: JsonObject, status: number, secrets: Secrets): string | undefined {
  const code = stringIn(problem, 'code') ?? ''
  return /^[a-z][a-z0-9_]{0,60}$/.test(code) && secrets.hide(code) === code ? code : codeOfStatus.get(status)
}

function readIssue(item: JsonObject, secrets: Secrets): Issue {
  const loc: readonly unknown[] = Array.isArray(item['loc']) ? item['loc'] : []
  const replacement = stringIn(item, 'replacement')
  return {
    type: clean(stringIn(item, 'type') ?? 'value_error', secrets),
    loc: loc.map((step) => (typeof step === 'number' ? step : clean(String(step), secrets))),
    msg: clean(stringIn(item, 'msg') ?? 'is not valid', secrets),
    code: clean(stringIn(item, 'code') ?? 'validation_failed', secrets),
    ...(replacement !== undefined && { replacement: clean(replacement, secrets) }),
  }
}

function readCandidate(item: JsonObject, secrets: Secrets): ProblemCandidate {
  const text = (key: string): string => clean(stringIn(item, key) ?? '', secrets)
  return { id: text('id'), name: text('name'), platform_name: text('platform_name'), status: text('status') }
}

const MAX_LENGTH = 500

function clean(text: string, secrets: Secrets): string {
  const redacted = secrets.hide(text)
  return redacted.length > MAX_LENGTH ? `${redacted.slice(0, MAX_LENGTH)}…` : redacted
}

function listIn(problem: JsonObject, key: string): readonly JsonObject[] {
  const value = problem[key]
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
