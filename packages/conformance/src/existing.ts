import { CLEARED_BY_PUT } from '@ai-ticket-creator/domain/internal'
import type { Profile } from '@ai-ticket-creator/reference-api'
import type { Differences } from './facts.ts'

/** An age of the existing backend, as clients meet it. */
interface Existing {
  /** What it is spoken to in. */
  readonly words: 'legacy' | 'current'
  readonly differs: Differences
  /** What else a client meets that has to find out what it speaks to. */
  readonly untold?: Differences
}

// What all ages do otherwise.
const always: Differences = {
  madeUsable: { is: 'by activate', because: ['create-is-pending'] },
  createWithoutCredentials: { is: 'ApiError: 422', because: ['credentials-required'] },
  unverifiedOfCreate: { is: ['credentials', 'webhook_secret'], because: ['no-time-of-credentials'] },
  newCredentials: {
    is: 'UnverifiableWriteError: credentials',
    because: ['update-drops-secrets', 'no-time-of-credentials'],
  },
  newCredentialsAllowed: { is: ['credentials'], because: ['update-drops-secrets', 'no-time-of-credentials'] },
  activated: { is: 'ApiError: 400', because: ['activate-only-from-pending'] },
  tested: { is: [false, 'connection'], because: ['test-of-jira-only'] },
  synchronised: { is: 'ApiError: 500', because: ['sync-always-fails'] },
  showsIntegration: { is: false, because: ['no-integration-id'] },
}

// The ages before attachments and stored results.
const early: Differences = {
  attached: { is: 'SilentDropError: attachments', because: ['files-are-dropped'] },
  files: { is: 'none', because: ['files-are-dropped', 'files-never-null'] },
  attachmentAdded: { is: 'ApiError: 404', because: ['no-attachment-routes'] },
  attachmentsListed: { is: 'ApiError: 404', because: ['no-attachment-routes'] },
  clearedByUpdate: { is: 'SilentDropError: department', because: ['put-leaves-null-alone'] },
  afterClearing: { is: 'IT', because: ['put-leaves-null-alone'] },
}

// The ages that speak the current words.
const refactored: Differences = {
  created: { is: [true, 'pending'], because: ['create-is-pending'] },
  enabled: { is: [true, 'pending'], because: ['enabling-is-not-activating'] },
  createPastMethod: { is: 'ApiError: 422', because: ['category-required'] },
  disabledById: { is: 'ApiError: 400', because: ['unusable-integration-is-400', 'errors-without-code'] },
  tagsKept: { is: false, because: ['patch-ignores-fields'] },
}

/** What each age of the existing backend does otherwise than the reference. */
export const existing: { readonly [P in Profile]: Existing } = {
  'existing-legacy': {
    words: 'legacy',
    differs: {
      ...always,
      ...early,
      credentials: {
        is: ['url', 'api_key'],
        because: ['credentials-by-platform-with-jira-url', 'credentials-by-auth-type-without-exception'],
      },
      created: { is: [undefined, 'pending'], because: ['create-is-pending', 'no-enabled-in-replies'] },
      createPastMethod: { is: ['JIRA', 'jira', undefined], because: ['create-is-pending', 'no-enabled-in-replies'] },
    },
    // Tickets of an empty backend tell C1 from L by nothing.
    untold: { cleared: { is: CLEARED_BY_PUT, because: ['no-generation-header'] } },
  },
  'existing-refactored': {
    words: 'current',
    differs: {
      ...always,
      ...early,
      ...refactored,
      credentials: { is: ['url'], because: ['credentials-by-platform-with-jira-url', 'credentials-by-auth-type'] },
      attached: { is: 'SilentDropError: attachments', because: ['no-attachments-in-bodies', 'files-are-dropped'] },
      clearedByUpdate: {
        is: 'SilentDropError: department',
        because: ['patch-drops-nulls', 'put-leaves-null-alone'],
      },
      afterClearing: { is: 'IT', because: ['patch-drops-nulls', 'put-leaves-null-alone'] },
      unassigned: { is: 'SilentDropError: assigned_to_id', because: ['patch-drops-nulls', 'put-leaves-null-alone'] },
      stillAssigned: { is: true, because: ['patch-drops-nulls', 'put-leaves-null-alone'] },
      // It clears nothing, but does not say so.
      cleared: { is: CLEARED_BY_PUT, because: ['no-generation-header'] },
    },
  },
  'existing-latest': {
    words: 'current',
    differs: {
      ...always,
      ...refactored,
      credentials: { is: [], because: ['credentials-by-platform', 'credentials-by-auth-type'] },
      cleared: { is: CLEARED_BY_PUT, because: ['put-wipes'] },
      absentInReplace: { is: null, because: ['put-wipes'] },
      attachmentsListed: {
        is: [
          {
            file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
            id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
            filename: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4.bin',
            file_size: 0,
            file_type: 'other',
            mime_type: 'application/octet-stream',
            status: 'uploaded',
            created_at: '2025-09-01T00:00:00.000000Z',
          },
        ],
        because: ['attachments-as-files'],
      },
    },
  },
}
