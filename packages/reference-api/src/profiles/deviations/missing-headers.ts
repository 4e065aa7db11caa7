import { ALL, type Row } from '../hooks.ts'

/** Headers that the existing backend neither reads nor sends. */
export const missingHeaders: readonly Row[] = [
  {
    id: 'no-generation-header',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: 'No reply has `API-Generation` or `API-Capabilities`.',
    omittedResponseHeaders: ['API-Generation', 'API-Capabilities'],
  },
  {
    id: 'no-request-ids',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: '`X-Request-Id` is neither read nor sent.',
    ignoredRequestHeaders: ['X-Request-Id'],
    omittedResponseHeaders: ['X-Request-Id'],
  },
  {
    id: 'no-versions',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: 'No reply has an `ETag`, and `If-Match` is ignored: the last write wins.',
    ignoredRequestHeaders: ['If-Match'],
    omittedResponseHeaders: ['ETag'],
  },
  {
    id: 'no-idempotency-keys',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: '`Idempotency-Key` is ignored: a POST that is sent again runs again.',
    ignoredRequestHeaders: ['Idempotency-Key'],
  },
  {
    id: 'no-cursors',
    profiles: ALL,
    source: 'pagination-and-sorting',
    summary: 'Lists have no link to the next page, and `cursor` is an unknown parameter.',
    omittedResponseHeaders: ['Link'],
    query: (pairs) => pairs.filter(([name]) => name !== 'cursor'),
  },
]
