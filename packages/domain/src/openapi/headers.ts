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
  'X-Client': { description: 'The name and version of the caller, such as `billing@1.4`.', schema: text },
  'X-Request-Id': {
    // No pattern, because the service accepts any id and replaces an invalid one.
    description:
      'An id for this request, repeated in the reply: 1 to 128 letters, digits, `_`, `.`, `:` and `-`. Without it, or if it has other characters, the service creates one.',
    schema: text,
  },
  Prefer: {
    description:
      '`handling=strict` refuses retired names and leaves them out of the reply. A request that succeeds uses no retired names.',
    schema: text,
  },
  'Idempotency-Key': {
    description:
      'A call with the same key and body gets the first reply again. Rely on it only where `API-Capabilities` has `idempotency-key`.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  'If-Match': {
    description: 'The `ETag` of the row as it was read; the write is refused if the row has changed since.',
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

const commonHeaders = [
  'API-Generation',
  'API-Capabilities',
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
] as const
const retirementHeaders = ['Deprecation', 'Deprecated-Fields', 'Sunset', 'Link'] as const

/** The headers that a successful reply of an endpoint can have. */
export function replyHeadersOf(endpointId: EndpointId, generation: Generation): Readonly<Record<string, Reference>> {
  return refer([
    ...commonHeaders,
    ...(hasEtag(endpointId) ? ['ETag'] : []),
    ...(endpointOf(endpointId).method === 'POST' ? ['Idempotency-Replayed'] : []),
    ...(canPage(endpointId) ? ['Link'] : []),
    ...(canIgnore(endpointId, generation) ? ['Ignored-Fields'] : []),
    ...(generation === 'transitional' ? ['Preference-Applied', 'Vary'] : []),
    ...(generation === 'transitional' && acceptsRetiredNames(endpointId) ? retirementHeaders : []),
  ])
}

/** The headers that a refusal can have. In transitional any refusal can have the headers about retired names. */
export const refusalHeaders = (generation: Generation, more: readonly string[]): Readonly<Record<string, Reference>> =>
  refer([
    ...commonHeaders,
    ...more,
    'Ignored-Fields',
    ...(generation === 'transitional' ? ['Preference-Applied', 'Vary', ...retirementHeaders] : []),
  ])

const refer = (names: readonly string[]): Readonly<Record<string, Reference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

function canPage(endpointId: EndpointId): boolean {
  const { query } = endpointOf(endpointId)
  return query !== undefined && fieldsOf(query).includes('cursor')
}

// `current` refuses unknown fields, but ignores computed reply fields that an update sends back.
const canIgnore = (endpointId: EndpointId, generation: Generation): boolean =>
  generation !== 'current' || endpointOf(endpointId).entities !== undefined

const acceptsRetiredNames = (endpointId: EndpointId): boolean =>
  replacementRoute(endpointId) !== undefined ||
  (['body', 'query'] as const).some(
    (part) =>
      wireSchema(endpointId, part, 'transitional') !== undefined && changesAccepting(endpointId, part).length > 0,
  )

/** The reply headers as components. */
export function headerComponents(generation: Generation): Readonly<Record<string, Header>> {
  const all: Readonly<Record<string, Header>> = {
    'API-Generation': {
      description: 'The generation of the API that the service implements.',
      schema: { type: 'string', enum: [generation] },
    },
    'API-Capabilities': {
      description: 'Capabilities that a caller can rely on, such as `if-match`, separated by commas.',
      schema: text,
    },
    'X-Request-Id': { description: 'The id of the request, to quote in questions to the operators.', schema: text },
    'X-RateLimit-Limit': { description: 'Calls per window. Absent if the limiter fails.', schema: count },
    'X-RateLimit-Remaining': { description: 'Calls left in the window.', schema: count },
    'X-RateLimit-Reset': { description: 'The end of the window, in seconds since the epoch.', schema: count },
    'Retry-After': { description: 'Seconds to wait before the next call.', schema: count },
    'WWW-Authenticate': { description: '`Bearer`.', schema: text },
    Allow: { description: 'The methods of the path.', schema: text },
    ETag: { description: 'The version of the row, for `If-Match`.', schema: text },
    'Idempotency-Replayed': {
      description: '`true`: a call with this `Idempotency-Key` was answered before, and this is the same reply.',
      schema: { type: 'string', enum: ['true'] },
    },
    'Ignored-Fields': { description: 'The fields of the request that had no effect.', schema: text },
  }
  const next = '`rel="next"`: the next page, where `API-Capabilities` has `cursor`.'
  if (generation !== 'transitional') return { ...all, Link: { description: next, schema: text } }
  return {
    ...all,
    Link: {
      description: `${next} \`rel="deprecation"\`: the migration guide for the retired names that were used.`,
      schema: text,
    },
    Deprecation: {
      description:
        'When the retired names in this request were deprecated: `@` and seconds since the epoch. Also on refusals.',
      schema: { type: 'string', pattern: '^@\\d+$' },
    },
    'Deprecated-Fields': {
      description: 'The retired names in this request, each with its replacement: `is_enabled;use=enabled`.',
      schema: text,
    },
    Sunset: {
      description: 'When the retired names stop working, as an HTTP date. Absent until the date is set.',
      schema: text,
    },
    'Preference-Applied': { description: '`handling=strict`, if the request preferred it.', schema: text },
    Vary: { description: '`Prefer`.', schema: text },
  }
}
