import type { Attachment } from '@ai-ticket-creator/domain'

/** Every file once, in order of first occurrence. Ids are UUIDs, so case does not matter. */
export function dedupeAttachments(files: readonly Attachment[]): readonly Attachment[] {
  const ids = new Set(files.map(({ file_id }) => file_id.toLowerCase()))
  return [...ids].map((file_id) => ({ file_id }))
}
