import { ALL, type Row } from '../hooks.ts'

/** What the existing backend does not say and does not hear in headers. */
export const signals: readonly Row[] = [
  {
    id: 'no-word-of-generation',
    profiles: ALL,
    contract: '§4',
    summary: 'No reply tells generation or capabilities.',
    unsaid: ['API-Generation', 'API-Capabilities'],
  },
  {
    id: 'no-request-ids',
    profiles: ALL,
    contract: '§4',
    summary: '`X-Request-Id` is neither read nor sent.',
    unheard: ['X-Request-Id'],
    unsaid: ['X-Request-Id'],
  },
  {
    id: 'no-versions',
    profiles: ALL,
    contract: '§4',
    summary: 'No reply has an `ETag`, and `If-Match` is not read: the last writer wins.',
    unheard: ['If-Match'],
    unsaid: ['ETag'],
  },
  {
    id: 'no-idempotency-keys',
    profiles: ALL,
    contract: '§8',
    summary: '`Idempotency-Key` is not read: a POST that is sent again runs again.',
    unheard: ['Idempotency-Key'],
  },
  {
    id: 'no-cursors',
    profiles: ALL,
    contract: '§1.1',
    summary: 'Lists have no links to their next page, and `cursor` is an unknown parameter.',
    unsaid: ['Link'],
    query: (pairs) => pairs.filter(([name]) => name !== 'cursor'),
  },
]
