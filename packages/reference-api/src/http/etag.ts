import { invalid, ProblemError } from '../errors/problem-error.ts'

/** The version of a row as an `ETag`. */
export const toEtag = (version: number): string => `"${version}"`

/** Refuses a write when `If-Match` names other versions only (RFC 9110 §13.1.1). */
export function assertIfMatch(request: Request, version: number): void {
  const expected = request.headers.get('If-Match')
  if (expected === null || expected.trim() === '*') return

  const tags = expected.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => /^(?:W\/)?"[^"]*"$/.test(tag))) throw malformed()
  if (tags.includes(toEtag(version))) return
  // A weak tag never matches (RFC 9110 §8.8.3.2): without this advice the caller would read and write again for ever.
  if (tags.includes(`W/${toEtag(version)}`)) throw weak(version)
  throw new ProblemError('version_conflict', 'it has changed since it was read; read it again, then write', {
    headers: { ETag: toEtag(version) },
  })
}

const malformed = (): ProblemError =>
  invalid([
    {
      type: 'value_error',
      loc: ['header', 'If-Match'],
      msg: '`If-Match` must be the `ETag` of a reply with its quotes, such as "7"',
      code: 'validation_failed',
    },
  ])

const weak = (version: number): ProblemError =>
  new ProblemError('version_conflict', 'the tag in `If-Match` is weak and never matches; send it without `W/`', {
    headers: { ETag: toEtag(version) },
  })
