import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { hasEtag } from '../contract/etag.ts'
import { fieldsOf } from '../schema/schema.ts'
import { changesAccepting, replacementRoute } from '../versioning/changes/index.ts'
import { wireSchema } from '../versioning/schema-for-generation.ts'
import type { Header, JsonSchema, Parameter, Reference } from './document.ts'

const text: JsonSchema = { type: 'string' }
const count: JsonSchema = { type: 'integer', minimum: 0 }

const requestHeaders = {
  'X-Client': { description: 'Who calls: a name and a version, such as `billing@1.4`.', schema: text },
  'X-Request-Id': {
    description: 'An id for this request, repeated in the reply. Without it the service makes one.',
    schema: { type: 'string', pattern: '^[\\w.:-]{1,128}$' },
  },
  Prefer: {
    description:
      '`handling=strict` refuses old names and leaves them out of the reply: proof that a caller is done with them.',
    schema: text,
  },
  'Idempotency-Key': {
    description:
      'A call with the same key and body gets the first reply again. Rely on it only where `API-Capabilities` names `idempotency-key`.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  'If-Match': {
    description: 'The `ETag` that was read; the write is refused when the row has changed since.',
    schema: text,
  },
} as const satisfies Record<string, { description: string; schema: JsonSchema }>

type RequestHeader = keyof typeof requestHeaders

/** The headers that a request to an endpoint can have. */
export function requestHeadersOf(endpointId: EndpointId, generation: Generation): readonly Reference[] {
  const { method, refusals = [] } = endpointOf(endpointId)
  const names: readonly RequestHeader[] = [
    'X-Client',
    'X-Request-Id',
    ...(generation === 'transitional' ? (['Prefer'] as const) : []),
    ...(method === 'POST' ? (['Idempotency-Key'] as const) : []),
    ...(refusals.includes('version_conflict') ? (['If-Match'] as const) : []),
  ]
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }))
}

/** The request headers as components. */
export const parameterComponents = (generation: Generation): Readonly<Record<string, Parameter>> =>
  Object.fromEntries(
    Object.entries(requestHeaders)
      .filter(([name]) => name !== 'Prefer' || generation === 'transitional')
      .map(([name, header]) => [name, { name, in: 'header', ...header }]),
  )

const always = [
  'API-Generation',
  'API-Capabilities',
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
] as const
const aboutOldWords = ['Deprecation', 'Deprecated-Fields', 'Sunset', 'Link'] as const

/** The headers that a success of an endpoint can have. */
export function replyHeadersOf(endpointId: EndpointId, generation: Generation): Readonly<Record<string, Reference>> {
  return refer([
    ...always,
    ...(hasEtag(endpointId) ? ['ETag'] : []),
    ...(endpointOf(endpointId).method === 'POST' ? ['Idempotency-Replayed'] : []),
    ...(canPage(endpointId) ? ['Link'] : []),
    ...(canIgnore(endpointId, generation) ? ['Ignored-Fields'] : []),
    ...(generation === 'transitional' ? ['Preference-Applied', 'Vary'] : []),
    ...(generation === 'transitional' && takesOldWords(endpointId) ? aboutOldWords : []),
  ])
}

/** The headers that a refusal can have: what it says about the words of the request it says of any request. */
export const refusalHeaders = (generation: Generation, more: readonly string[]): Readonly<Record<string, Reference>> =>
  refer([
    ...always,
    ...more,
    'Ignored-Fields',
    ...(generation === 'transitional' ? ['Preference-Applied', 'Vary', ...aboutOldWords] : []),
  ])

const refer = (names: readonly string[]): Readonly<Record<string, Reference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

function canPage(endpointId: EndpointId): boolean {
  const { query } = endpointOf(endpointId)
  return query !== undefined && fieldsOf(query).includes('cursor')
}

// Current refuses what it does not know; it passes over what an update sends back of a reply.
const canIgnore = (endpointId: EndpointId, generation: Generation): boolean =>
  generation !== 'current' || endpointOf(endpointId).entity !== undefined

const takesOldWords = (endpointId: EndpointId): boolean =>
  replacementRoute(endpointId) !== undefined ||
  (['body', 'query'] as const).some(
    (part) =>
      wireSchema(endpointId, part, 'transitional') !== undefined && changesAccepting(endpointId, part).length > 0,
  )

/** The reply headers as components. */
export function headerComponents(generation: Generation): Readonly<Record<string, Header>> {
  const all: Readonly<Record<string, Header>> = {
    'API-Generation': {
      description: 'The generation of the wire that the service speaks.',
      schema: { type: 'string', enum: [generation] },
    },
    'API-Capabilities': {
      description: 'What a caller can rely on beside this document, such as `if-match`; separated by commas.',
      schema: text,
    },
    'X-Request-Id': { description: 'The id of the request, for questions to the operators.', schema: text },
    'X-RateLimit-Limit': { description: 'Calls in a window. Absent when the limiter fails.', schema: count },
    'X-RateLimit-Remaining': { description: 'Calls that are left in the window.', schema: count },
    'X-RateLimit-Reset': { description: 'When the window ends, in seconds since the epoch.', schema: count },
    'Retry-After': { description: 'Seconds to wait before the next call.', schema: count },
    'WWW-Authenticate': { description: '`Bearer`.', schema: text },
    Allow: { description: 'The methods that the path takes.', schema: text },
    ETag: { description: 'The version of the row, for `If-Match`.', schema: text },
    'Idempotency-Replayed': {
      description: '`true`: a call with this `Idempotency-Key` was answered before, and this is that answer.',
      schema: { type: 'string', enum: ['true'] },
    },
    'Ignored-Fields': { description: 'The fields of the request that had no effect.', schema: text },
  }
  const next = '`rel="next"`: the next page, where `API-Capabilities` names `cursor`.'
  if (generation !== 'transitional') return { ...all, Link: { description: next, schema: text } }
  return {
    ...all,
    Link: { description: `${next} \`rel="deprecation"\`: the guide to the old names that were used.`, schema: text },
    Deprecation: {
      description:
        'Since when the old names in this request are deprecated: `@` and seconds since the epoch. Also on refusals.',
      schema: { type: 'string', pattern: '^@\\d+$' },
    },
    'Deprecated-Fields': {
      description: 'The old names in this request, each with its replacement: `is_enabled;use=enabled`.',
      schema: text,
    },
    Sunset: { description: 'When the old names stop working, as an HTTP date; once that day is set.', schema: text },
    'Preference-Applied': { description: '`handling=strict`, when the request preferred it.', schema: text },
    Vary: { description: '`Prefer`.', schema: text },
  }
}
