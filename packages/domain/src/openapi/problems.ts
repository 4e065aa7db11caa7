import { type EndpointId, endpointOf } from '../contract/contract.ts'
import { type Generation, paramNames } from '../contract/endpoint.ts'
import {
  type Issue,
  type IssueCode,
  type Problem,
  type ProblemCandidate,
  type ProblemCode,
  problems,
} from '../problems/problems.ts'
import { replacementRoute } from '../versioning/changes/index.ts'
import type { JsonSchema, Reference, Response } from './document.ts'
import { refusalHeaders } from './headers.ts'

/** The error responses of an endpoint by status, with every code that it can send. */
export function refusalsOf(
  endpointId: EndpointId,
  generation: Generation,
): Readonly<Record<string, Response | Reference>> {
  const codes = codesOf(endpointId, generation)
  const statuses = [...new Set(codes.map((code) => problems[code].status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const [first, ...others] = codes.filter((code) => problems[code].status === status)
      const isShared = first !== undefined && others.length === 0 && commonCodes.includes(first)
      return [status, isShared ? { $ref: `#/components/responses/${first}` } : refusal(generation, codes, status)]
    }),
  )
}

// Codes that any endpoint can send. If such a code is the only one of its status, the response is a shared component.
const commonCodes: readonly ProblemCode[] = [
  'unauthenticated',
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'validation_failed',
  'rate_limited',
  'internal',
]

function codesOf(endpointId: EndpointId, generation: Generation): readonly ProblemCode[] {
  const { method, path, query, body, refusals = [] } = endpointOf(endpointId)
  const hasParams = paramNames(path).length > 0
  // Newer generations can refuse an unknown query parameter, so every endpoint has some input.
  const hasInput = hasParams || query !== undefined || body !== undefined || generation !== 'legacy'
  return [
    'unauthenticated',
    ...(hasParams ? (['not_found'] as const) : []),
    'method_not_allowed',
    ...(body === undefined ? [] : (['payload_too_large', 'unsupported_media_type'] as const)),
    ...(hasInput ? (['validation_failed'] as const) : []),
    ...(method === 'POST' ? (['idempotency_mismatch', 'idempotency_in_flight'] as const) : []),
    ...refusals,
    // Only with `Prefer: handling=strict`, which parses as the current generation does.
    ...(generation === 'transitional' && replacementRoute(endpointId) !== undefined
      ? (['retired_route'] as const)
      : []),
    'rate_limited',
    'internal',
  ]
}

/** The responses that all endpoints share. */
export const responseComponents = (generation: Generation): Readonly<Record<string, Response>> =>
  Object.fromEntries(commonCodes.map((code) => [code, refusal(generation, [code], problems[code].status)]))

const extraHeaders: Partial<Record<ProblemCode, readonly string[]>> = {
  unauthenticated: ['WWW-Authenticate'],
  method_not_allowed: ['Allow'],
  rate_limited: ['Retry-After'],
  version_conflict: ['ETag'],
  idempotency_in_flight: ['Retry-After'],
}

function refusal(generation: Generation, candidates: readonly ProblemCode[], status: number): Response {
  const codes = candidates.filter((code) => problems[code].status === status)
  const schema = codes.includes('rate_limited') ? 'RateLimitProblem' : 'Problem'
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].when}.`).join('\n'),
    headers: refusalHeaders(
      generation,
      codes.flatMap((code) => extraHeaders[code] ?? []),
    ),
    // One named schema: a schema per response would become a class per response in generated clients.
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
    'x-problem-codes': codes,
  }
}

// Issue codes that a generation never sends.
const neverSent: Record<Generation, readonly IssueCode[]> = {
  legacy: ['category_mismatch', 'retired_field', 'unknown_field'],
  transitional: [],
  current: ['conflicting_fields', 'status_not_settable'],
}

const text: JsonSchema = { type: 'string' }

/** The bodies of errors as components. */
export function problemSchemas(generation: Generation): Readonly<Record<string, JsonSchema>> {
  // Object.keys is typed string[]; the table is closed.
  const codes = Object.keys(problems) as ProblemCode[]
  const issueCodes = codes.filter(
    (code) => problems[code].isFieldIssue === true && !neverSent[generation].some((one) => one === code),
  )
  return {
    Issue: schemaOf<Issue>(['type', 'loc', 'msg', 'code'], {
      type: { type: 'string', description: 'The kind of fault, such as `missing` or `enum`.' },
      loc: {
        type: 'array',
        // Code generators for Go reject a list of types.
        items: { anyOf: [text, { type: 'integer' }] },
        description: 'The path to the field: `["body", "attachments", 0, "file_id"]`.',
      },
      msg: { type: 'string', description: 'Names fields and values of closed lists, never what was sent.' },
      code: { type: 'string', enum: issueCodes },
      replacement: { type: 'string', description: 'The name to use instead.' },
    }),
    Problem: schemaOf<Problem>(['detail', 'code'], {
      detail: { anyOf: [text, { type: 'array', items: { $ref: '#/components/schemas/Issue' } }] },
      code: { type: 'string', description: 'The code of the error. It is stable; messages are not.' },
      reason: { type: 'string', description: 'A short cause, such as the status of an unusable integration.' },
      candidates: { type: 'array', items: { $ref: '#/components/schemas/ProblemCandidate' } },
      replacement: { type: 'string', description: 'What to use instead.' },
    }),
    ProblemCandidate: schemaOf<ProblemCandidate>(['id', 'name', 'platform_name', 'status'], {
      id: { type: 'string', format: 'uuid' },
      name: text,
      platform_name: text,
      status: text,
    }),
    RateLimitProblem: rateLimitProblem,
  }
}

/** An object schema. It compiles only if its properties and its required properties are those of the type `T`. */
const schemaOf = <T>(
  required: readonly { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key & string }[keyof T][],
  properties: Readonly<Record<keyof T, JsonSchema>>,
): JsonSchema => ({ type: 'object', properties, required })

// The body of a 429 of the existing backend, with `detail` and `code` added (existing backend: rate limits).
const rateLimitProblem: JsonSchema = {
  allOf: [
    { $ref: '#/components/schemas/Problem' },
    {
      type: 'object',
      properties: {
        error: text,
        message: text,
        limit: { type: 'integer' },
        remaining: { type: 'integer' },
        reset_time: { type: 'integer', description: 'Seconds since the epoch.' },
        retry_after: { type: 'integer', description: 'Seconds, as in `Retry-After`.' },
      },
      required: ['error', 'message', 'limit', 'remaining', 'reset_time', 'retry_after'],
    },
  ],
}
