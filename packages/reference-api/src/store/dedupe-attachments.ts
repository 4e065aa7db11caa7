import type { Attachment } from '@ai-ticket-creator/domain'

/** Every file once, in the order in which they came; ids are UUIDs, in whatever case they are sent. */
export function eachOnce(files: readonly Attachment[]): readonly Attachment[] {
  const ids = new Set(files.map(({ file_id }) => file_id.toLowerCase()))
  return [...ids].map((file_id) => ({ file_id }))
}
