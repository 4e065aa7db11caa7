/** A LIKE pattern of SQL as a regular expression for the whole text. */
export function toLikePattern(like: string): RegExp {
  const source = like.replace(/\\(.)|[%_]|[^%_\\]+|\\$/gs, (part, escaped: string | undefined) => {
    if (part === '%') return '.*'
    return part === '_' ? '.' : (escaped ?? part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(source, 'isu')
}
