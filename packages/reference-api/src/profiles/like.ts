/** A LIKE pattern of SQL as a regular expression for the whole text. */
export function toLikePattern(like: string): RegExp {
  // The parts are: an escaped character, a wildcard, other text, and a backslash at the end.
  const source = like.replace(/\\(.)|[%_]|[^%_\\]+|\\$/gs, (part, escaped: string | undefined) => {
    if (part === '%') return '.*'
    return part === '_' ? '.' : (escaped ?? part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(source, 'isu')
}
