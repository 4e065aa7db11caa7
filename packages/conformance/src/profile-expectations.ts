import { CLEARED_BY_PUT } from '@ai-ticket-creator/domain/internal'
import type { Profile } from '@ai-ticket-creator/reference-api'
import type { Differences } from './facts.ts'

/** How a version of the existing backend behaves for clients. */
interface ProfileExpectations {
  /** The generation of the API of this version. */
  readonly generation: 'legacy' | 'current'
  readonly differences: Differences
  /** Further differences for a client that detects the generation. */
  readonly autoDifferences?: Differences
}

// Differences of all versions.
const allVersions: Differences = {
  madeUsable: { value: 'by activate', deviations: ['create-is-pending'] },
  createWithoutCredentials: { value: 'ApiError: 422', deviations: ['credentials-required'] },
  unverifiedOfCreate: { value: ['credentials', 'webhook_secret'], deviations: ['no-time-of-credentials'] },
  newCredentials: {
    value: 'UnverifiableWriteError: credentials',
    deviations: ['update-drops-secrets', 'no-time-of-credentials'],
  },
  newCredentialsAllowed: { value: ['credentials'], deviations: ['update-drops-secrets', 'no-time-of-credentials'] },
  activated: { value: 'ApiError: 400', deviations: ['activate-only-from-pending'] },
  tested: { value: [false, 'connection'], deviations: ['test-of-jira-only'] },
  synchronised: { value: 'ApiError: 500', deviations: ['sync-always-fails'] },
  showsIntegration: { value: false, deviations: ['no-integration-id'] },
}

// Differences of the versions that have no attachments and whose PUT ignores null.
const withoutAttachments: Differences = {
  attached: { value: 'SilentDropError: attachments', deviations: ['files-are-dropped'] },
  files: { value: 'none', deviations: ['files-are-dropped', 'files-never-null'] },
  attachmentAdded: { value: 'ApiError: 404', deviations: ['no-attachment-routes'] },
  attachmentsListed: { value: 'ApiError: 404', deviations: ['no-attachment-routes'] },
  clearedByUpdate: { value: 'SilentDropError: department', deviations: ['put-leaves-null-alone'] },
  afterClearing: { value: 'IT', deviations: ['put-leaves-null-alone'] },
}

// Differences of the versions of the current generation.
const refactored: Differences = {
  created: { value: [true, 'pending'], deviations: ['create-is-pending'] },
  enabled: { value: [true, 'pending'], deviations: ['enabling-is-not-activating'] },
  rawCreate: { value: 'ApiError: 422', deviations: ['category-required'] },
  drafted: { value: 'ApiError: 400', deviations: ['drafting-always-fails'] },
  storesTags: { value: false, deviations: ['patch-ignores-fields'] },
}

// These versions do not announce `partial-put`, although PUT clears nothing. So the client lists every field that PUT may clear,
// except `department`: the reply in the test shows that `department` still has its value.
const NOT_SHOWN_AS_KEPT = CLEARED_BY_PUT.filter((field) => field !== 'department')

/** How each version of the existing backend differs from the reference. */
export const profileExpectations: { readonly [P in Profile]: ProfileExpectations } = {
  'existing-legacy': {
    generation: 'legacy',
    differences: {
      ...allVersions,
      ...withoutAttachments,
      credentials: {
        value: ['url', 'api_key'],
        deviations: ['credentials-by-platform-with-jira-url', 'credentials-by-auth-type-without-exception'],
      },
      created: { value: [undefined, 'pending'], deviations: ['create-is-pending', 'no-enabled-in-replies'] },
      rawCreate: {
        value: ['JIRA', 'jira', undefined],
        deviations: ['create-is-pending', 'no-enabled-in-replies'],
      },
    },
    // On an empty backend, no reply about tickets distinguishes existing-refactored from existing-legacy.
    autoDifferences: { cleared: { value: NOT_SHOWN_AS_KEPT, deviations: ['no-generation-header'] } },
  },
  'existing-refactored': {
    generation: 'current',
    differences: {
      ...allVersions,
      ...withoutAttachments,
      ...refactored,
      credentials: {
        value: ['url'],
        deviations: ['credentials-by-platform-with-jira-url', 'credentials-by-auth-type'],
      },
      attached: {
        value: 'SilentDropError: attachments',
        deviations: ['no-attachments-in-bodies', 'files-are-dropped'],
      },
      clearedByUpdate: {
        value: 'SilentDropError: department',
        deviations: ['patch-drops-nulls', 'put-leaves-null-alone'],
      },
      afterClearing: { value: 'IT', deviations: ['patch-drops-nulls', 'put-leaves-null-alone'] },
      unassigned: {
        value: 'SilentDropError: assigned_to_id',
        deviations: ['patch-drops-nulls', 'put-leaves-null-alone'],
      },
      stillAssigned: { value: true, deviations: ['patch-drops-nulls', 'put-leaves-null-alone'] },
      cleared: { value: NOT_SHOWN_AS_KEPT, deviations: ['no-generation-header'] },
    },
  },
  'existing-latest': {
    generation: 'current',
    differences: {
      ...allVersions,
      ...refactored,
      credentials: { value: [], deviations: ['credentials-by-platform', 'credentials-by-auth-type'] },
      cleared: { value: CLEARED_BY_PUT, deviations: ['put-wipes'] },
      absentInReplace: { value: null, deviations: ['put-wipes'] },
      attachmentsListed: {
        value: [
          {
            file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
            id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
            filename: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4.bin',
            file_size: 0,
            file_type: 'other',
            mime_type: 'application/octet-stream',
            status: 'uploaded',
            created_at: '2025-09-01T00:00:00+00:00',
          },
        ],
        deviations: ['attachments-as-files'],
      },
    },
  },
}
