import { issuesOf } from './describe.ts'
import type { Reply } from './observed-reply.ts'
import { FILE_ID, OTHER_FILE_ID } from './request-bodies.ts'

/** The ids of two files that exist on the backend, in lower case as in replies. They are sent in place of the made-up ids. */
export type FileIds = readonly [string, string]

/** Replaces the made-up ids of files in the body of a request. */
export function withRealFiles(body: string, fileIds: FileIds | undefined): string {
  return replaceIds(body, [FILE_ID, OTHER_FILE_ID], fileIds)
}

/** Replaces the ids of the backend's files in a reply by the made-up ids, which cases expect. */
export function withSampleFiles(text: string, fileIds: FileIds | undefined): string {
  return fileIds === undefined ? text : replaceIds(text, fileIds, [FILE_ID, OTHER_FILE_ID])
}

function replaceIds(text: string, from: readonly string[], to: FileIds | undefined): string {
  if (to === undefined) return text
  return from.reduce((replaced, id, index) => {
    const replacement = to[index] ?? id
    return replaced.replaceAll(id, replacement).replaceAll(id.toUpperCase(), replacement.toUpperCase())
  }, text)
}

/** Whether a request was refused because of its made-up file ids. */
export function refusesFiles(reply: Pick<Reply, 'status' | 'json' | 'request'>): boolean {
  return isRefused(reply) && issuesOf(reply.json).some(({ loc }) => FILE_FIELDS.test(JSON.stringify(loc)))
}

/** Whether a request may have been refused because of its made-up file ids: no issue of the reply names another field. */
export function mayRefuseFiles(reply: Pick<Reply, 'status' | 'json' | 'request'>): boolean {
  return refusesFiles(reply) || (isRefused(reply) && issuesOf(reply.json).length === 0)
}

const FILE_FIELDS = /attachments|uploaded_files|file_ids/

function isRefused({ status, request }: Pick<Reply, 'status' | 'request'>): boolean {
  const sent = JSON.stringify(request.body ?? null).toLowerCase()
  return status >= 400 && status < 500 && [FILE_ID, OTHER_FILE_ID].some((id) => sent.includes(id))
}

export const FILES_ARE_CHECKED = 'the backend may check that files exist; name two that do with --file-id (`fileIds`)'
