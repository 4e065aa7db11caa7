import { Refusal } from '../errors/problem-error.ts'

/** The version of a row as an `ETag`. */
export const toTag = (version: number): string => `"${version}"`

/** Refuses a write when the caller has seen another version (RFC 9110 §13.1.1). */
export function checkVersion(request: Request, version: number): void {
  const expected = request.headers.get('If-Match')
  if (expected === null || expected.trim() === '*') return

  const tags = expected.split(',').map((tag) => tag.trim())
  if (tags.includes(toTag(version))) return
  throw new Refusal('version_conflict', 'it has changed since it was read; read it again, then write', {
    headers: { ETag: toTag(version) },
  })
}
