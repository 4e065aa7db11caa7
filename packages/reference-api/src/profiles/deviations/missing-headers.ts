import { ALL, type Row } from '../hooks.ts'

/** What the existing backend does not say and does not hear in headers. */
export const missingHeaders: readonly Row[] = [
  {
    id: 'no-word-of-generation',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: 'No reply tells generation or capabilities.',
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
    summary: 'No reply has an `ETag`, and `If-Match` is not read: the last writer wins.',
    ignoredRequestHeaders: ['If-Match'],
    omittedResponseHeaders: ['ETag'],
  },
  {
    id: 'no-idempotency-keys',
    profiles: ALL,
    source: 'missing-protocol-features',
    summary: '`Idempotency-Key` is not read: a POST that is sent again runs again.',
    ignoredRequestHeaders: ['Idempotency-Key'],
  },
  {
    id: 'no-cursors',
    profiles: ALL,
    source: 'pagination-and-sorting',
    summary: 'Lists have no links to their next page, and `cursor` is an unknown parameter.',
    omittedResponseHeaders: ['Link'],
    query: (pairs) => pairs.filter(([name]) => name !== 'cursor'),
  },
]
