import { expect, test } from 'vitest'
import { invariants } from '../../src/verify/cases/invariants/index.ts'
import { checkInvariant } from '../../src/verify/engine/check-invariant.ts'
import { parseReply, type Reply } from '../../src/verify/model/observed-reply.ts'

/** A reply to a request for an integration. */
const replyWith = (headers: Readonly<Record<string, string>>, more: Partial<Reply> = {}): Reply =>
  parseReply({
    request: { endpoint: 'integrations.retrieve' },
    endpoint: 'integrations.retrieve',
    method: 'GET',
    path: '/integrations/{integration_id}',
    generation: 'transitional',
    strict: false,
    status: 200,
    headers: new Headers(headers),
    text: '{}',
    secrets: [],
    ...more,
  })

function check(id: string, reply: Reply): unknown {
  const invariant = invariants.find((one) => one.id === id)
  return invariant === undefined ? `there is no ${id}` : checkInvariant(invariant, [reply])
}

test.each([
  ['api-generation', {}, {}, '`API-Generation`: transitional'],
  ['api-generation', { 'API-Generation': 'legacy' }, {}, '`API-Generation`: transitional'],
  ['request-id', {}, {}, '`X-Request-Id`: an id'],
  ['etag', { ETag: '1' }, {}, '`ETag`: a quoted version'],
  ['vary', {}, {}, '`Vary`: Prefer'],
  ['preference-applied', {}, { strict: true }, '`Preference-Applied`: handling=strict'],
  [
    'preference-applied',
    { 'Preference-Applied': 'handling=lenient' },
    { strict: true },
    '`Preference-Applied`: handling=strict',
  ],
  ['rate-limits', { 'X-RateLimit-Limit': 'many' }, {}, 'three integers'],
  ['rate-limits', { 'X-RateLimit-Limit': '10' }, {}, 'three integers'],
  ['no-deprecations', { Deprecation: '@1757116800' }, { generation: 'current' }, 'no deprecation header'],
  ['deprecations', { 'Deprecated-Fields': 'is_enabled;use=enabled' }, {}, '`Deprecated-Fields`: none'],
  [
    'api-capabilities',
    { 'API-Capabilities': 'platform-filter' },
    { generation: 'legacy' },
    'no `platform-filter`, which legacy backends do not have',
  ],
] as const)('the invariant headers/%s fails with %o %o', (name, headers, more, expected) => {
  expect(check(`headers/${name}`, replyWith(headers, more))).toMatchObject({ outcome: 'failed', expected })
})

test.each([
  ['preference-applied', { 'Preference-Applied': 'handling=strict' }, { strict: true }],
  ['rate-limits', { 'X-RateLimit-Limit': '10', 'X-RateLimit-Remaining': '9', 'X-RateLimit-Reset': '1757116800' }, {}],
  ['deprecations', {}, {}],
  ['no-deprecations', {}, { generation: 'current' }],
] as const)('the invariant headers/%s passes with %o %o', (name, headers, more) => {
  expect(check(`headers/${name}`, replyWith(headers, more))).toEqual({ outcome: 'passed' })
})
