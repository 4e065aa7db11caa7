import { ProblemError } from '../errors/problem-error.ts'

/** The version of a row as an `ETag`. */
export const toEtag = (version: number): string => `"${version}"`

/** Refuses a write when `If-Match` names other versions only (RFC 9110 §13.1.1). */
export function assertIfMatch(request: Request, version: number): void {
  const expected = request.headers.get('If-Match')
  if (expected === null || expected.trim() === '*') return

  const tags = expected.split(',').map((tag) => tag.trim())
  if (tags.includes(toEtag(version))) return
  throw new ProblemError('version_conflict', 'it has changed since it was read; read it again, then write', {
    headers: { ETag: toEtag(version) },
  })
}
