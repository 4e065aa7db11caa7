import { capabilitiesOf, hasEtag } from '@ai-ticket-creator/domain/internal'
import type { Invariant } from '../../model/case.ts'
import { describe } from '../../model/describe.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkDeprecationHeaders } from './deprecation-headers.ts'
import { succeeded } from './selectors.ts'

/** Headers of replies. */
export const replyHeaders: readonly Invariant[] = [
  {
    id: 'headers/api-generation',
    title: 'Each reply names the generation in `API-Generation`',
    specReference: SPEC.headers,
    check: ({ headers, generation, strict }) => {
      const expected = strict ? 'transitional' : generation
      const actual = headers.get('API-Generation') ?? undefined
      return actual === expected ? undefined : { expected: `\`API-Generation\`: ${expected}`, actual: describe(actual) }
    },
  },
  {
    id: 'headers/api-capabilities',
    title: 'Each reply lists the capabilities in `API-Capabilities`',
    specReference: SPEC.headers,
    check: ({ headers, generation, strict }) => {
      const announced = (headers.get('API-Capabilities') ?? '').split(/ *, */)
      const missing = capabilitiesOf(strict ? 'transitional' : generation).filter((one) => !announced.includes(one))
      if (generation === 'legacy' && announced.includes('platform-filter'))
        return { expected: 'no `platform-filter`, which legacy backends do not have', actual: '`platform-filter`' }
      return missing.length === 0
        ? undefined
        : { expected: '`API-Capabilities` with all capabilities', actual: `no ${missing.join(', ')}` }
    },
  },
  {
    id: 'headers/request-id',
    title: 'Each reply has an `X-Request-Id`',
    specReference: SPEC.headers,
    check: ({ headers }) =>
      /^[!-~]+$/.test(headers.get('X-Request-Id') ?? '')
        ? undefined
        : { expected: '`X-Request-Id`: an id', actual: describe(headers.get('X-Request-Id') ?? undefined) },
  },
  {
    id: 'headers/etag',
    title: 'A reply with one row has its `ETag`',
    specReference: SPEC.headers,
    appliesTo: (reply) => succeeded(reply) && hasEtag(reply.endpoint),
    check: ({ headers }) =>
      /^"[^"]+"$/.test(headers.get('ETag') ?? '')
        ? undefined
        : { expected: '`ETag`: a quoted version', actual: describe(headers.get('ETag') ?? undefined) },
  },
  {
    id: 'headers/deprecations',
    title: 'Deprecation headers name the retired fields of the request, and only those',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    appliesTo: succeeded,
    check: checkDeprecationHeaders,
  },
  {
    id: 'headers/no-deprecations',
    title: 'Only a transitional service sends deprecation headers and follows preferences',
    specReference: SPEC.generations,
    appliesTo: ({ generation, strict }) => generation !== 'transitional' && !strict,
    check: ({ headers }) => {
      const found = ['Deprecation', 'Deprecated-Fields', 'Sunset', 'Preference-Applied'].filter((name) =>
        headers.has(name),
      )
      return found.length === 0 ? undefined : { expected: 'no deprecation header', actual: found.join(', ') }
    },
  },
  {
    id: 'headers/vary',
    title: 'A transitional reply has `Vary: Prefer`',
    specReference: SPEC.headers,
    appliesTo: ({ generation, strict }) => generation === 'transitional' || strict,
    check: ({ headers }) =>
      /\bPrefer\b/.test(headers.get('Vary') ?? '')
        ? undefined
        : { expected: '`Vary`: Prefer', actual: 'no `Prefer` in it' },
  },
  {
    id: 'headers/preference-applied',
    title: 'A reply confirms `handling=strict` in `Preference-Applied`',
    specReference: SPEC.headers,
    appliesTo: ({ strict }) => strict,
    check: ({ headers }) =>
      headers.get('Preference-Applied') === 'handling=strict'
        ? undefined
        : {
            expected: '`Preference-Applied`: handling=strict',
            actual: describe(headers.get('Preference-Applied') ?? undefined),
          },
  },
  {
    id: 'headers/rate-limits',
    title: 'Rate limit headers are integers',
    specReference: SPEC.headers,
    severity: 'warning',
    appliesTo: ({ headers }) => headers.has('X-RateLimit-Limit'),
    check: ({ headers }) => {
      const names = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
      const wrong = names.filter((name) => !/^\d+$/.test(headers.get(name) ?? ''))
      return wrong.length === 0
        ? undefined
        : { expected: 'three integers', actual: `no integer in ${wrong.join(', ')}` }
    },
  },
]
