import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Reply } from './observed-reply.ts'
import { FILE_ID, OTHER_FILE_ID } from './request-bodies.ts'

/** Two files that exist on the backend, in place of the made-up ones. */
export type FileIds = readonly [string, string]

/** Replaces the made-up ids of files in the body of a request. */
export function withRealFiles(body: string, fileIds: FileIds | undefined): string {
  return replaceIds(body, [FILE_ID, OTHER_FILE_ID], fileIds)
}

/** Replaces the ids of the backend's files in a reply, so that cases compare with the made-up ones. */
export function withSampleFiles(text: string, fileIds: FileIds | undefined): string {
  return fileIds === undefined ? text : replaceIds(text, fileIds, [FILE_ID, OTHER_FILE_ID])
}

function replaceIds(text: string, from: readonly string[], to: FileIds | undefined): string {
  if (to === undefined) return text
  return from.reduce((replaced, id, index) => {
    const other = to[index] ?? id
    return replaced.replaceAll(id, other.toLowerCase()).replaceAll(id.toUpperCase(), other.toUpperCase())
  }, text)
}

/**
 * Whether a backend may have refused a request because the made-up files do not exist: the issue is about files, or the
 * reply has no issues.
 */
export function mayRefuseFiles({ status, json, request }: Pick<Reply, 'status' | 'json' | 'request'>): boolean {
  const sent = JSON.stringify(request.body ?? null).toLowerCase()
  if (status < 400 || status >= 500 || ![FILE_ID, OTHER_FILE_ID].some((id) => sent.includes(id))) return false

  const detail = isJsonObject(json) ? json['detail'] : undefined
  return (
    !Array.isArray(detail) || detail.some((issue) => /attachments|uploaded_files|file_ids/.test(JSON.stringify(issue)))
  )
}

export const FILES_ARE_CHECKED = 'the backend may check that files exist; name two that do with --file-id (`fileIds`)'
