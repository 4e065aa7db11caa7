import type { Issue } from '../problems/problems.ts'
import type { JsonObject } from '../schema/json.ts'
import type { RequestPart } from './request-issues.ts'

/** An issue for each field with the character U+0000 in a text, at any depth: PostgreSQL cannot store it. */
export const nullCharacters = (part: RequestPart, fields: JsonObject): readonly Issue[] =>
  Object.entries(fields)
    .filter(([, value]) => hasNullCharacter(value))
    .map(([field]) => ({
      type: 'string_null_character',
      loc: [part, field],
      msg: `\`${field}\` must not contain the character U+0000`,
      code: 'validation_failed',
    }))

// A loop and no recursion: values can be deeply nested.
function hasNullCharacter(value: unknown): boolean {
  const open = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && next.includes('\0')) return true
    if (typeof next !== 'object' || next === null) continue
    for (const [key, member] of Object.entries(next)) open.push(key, member)
  }
  return false
}
